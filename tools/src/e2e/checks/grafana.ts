import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import { basic } from '../front-door.ts';
import { until } from '../wait.ts';

/** Grafana lets its administrator in, and each data source of a tenant reaches its store. */
export async function dataSources(cluster: Cluster, tenant: string, missing: ReadonlySet<string>): Promise<Seen> {
  const { username = '', password = '' } = await cluster.secret('observability', 'grafana-admin');
  const headers = { authorization: basic({ tenant: username, password }) };
  const stores = { metrics: 'mimir', logs: 'loki', traces: 'tempo' };
  const names = Object.entries(stores).flatMap(([name, store]) => (missing.has(store) ? [] : [`${name}-${tenant}`]));
  const { url, close } = await cluster.reach('observability', 'grafana', 'grafana', 3000);
  try {
    for (const name of names)
      await until(`data source ${name}`, { seconds: 120, everyMs: 3000 }, async () => {
        const answer = await fetch(`${url}/api/datasources/uid/${name}/health`, {
          headers,
          signal: AbortSignal.timeout(15_000),
        });
        if (answer.status !== 200) throw new Error(`${String(answer.status)}: ${(await answer.text()).slice(0, 300)}`);
        return true;
      });
  } finally {
    close();
  }
  return { detail: names.join(', ') };
}
