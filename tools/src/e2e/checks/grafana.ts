import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { basic } from '../front-door.ts';
import { withPod } from '../pod-port.ts';
import { until } from '../wait.ts';

/** Grafana lets its administrator in, and each data source of a tenant reaches its store. */
export async function dataSources(cluster: Cluster, tenant: string, missing: ReadonlySet<string>): Promise<Seen> {
  const { username = '', password = '' } = await cluster.secret('observability', 'grafana-admin');
  const headers = { authorization: basic({ tenant: username, password }) };
  const stores = { metrics: 'mimir', logs: 'loki', traces: 'tempo' };
  const names = Object.entries(stores).flatMap(([name, store]) => (missing.has(store) ? [] : [`${name}-${tenant}`]));
  const grafana = { namespace: 'observability', component: 'grafana', role: 'grafana', port: 3000 };
  await withPod(cluster, grafana, async (ask) => {
    for (const name of names)
      await until(`data source ${name}`, { seconds: 120, everyMs: 3000 }, () =>
        ask(`/api/datasources/uid/${name}/health`, { headers }),
      );
  });
  return { detail: names.join(', ') };
}
