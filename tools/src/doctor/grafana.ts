import type { KubeConfig } from '@kubernetes/client-node';
import type { DataSourceFacts, GrafanaFacts } from '@lgtm-fleet/doctor';
import { dataSourceUid, encryptionOf, type Plan } from '@lgtm-fleet/plan';
import { basic } from '../kubernetes/authorization.ts';
import { openDoor, type Door } from './reach.ts';
import type { Vault } from './secrets.ts';

const GRAFANA = { kind: 'pods', namespace: 'observability', component: 'grafana', role: 'grafana' } as const;
const PORT = 3000;
/** One tenant's data sources work as another's; more than these would be a load. */
const MOST_USERS = 3;

/** Whether Grafana and its database answer, and whether its data sources reach their stores. */
export async function readGrafana(
  config: KubeConfig,
  plan: Plan,
  pod: string,
  vault: Vault,
  runs: (component: string) => boolean,
): Promise<GrafanaFacts> {
  const encrypted = plan.tls !== undefined && encryptionOf(GRAFANA, 'http') !== undefined;
  const door = await openDoor(config, { namespace: GRAFANA.namespace, pod, port: PORT, encrypted });
  try {
    const { status, text } = await door.ask({ path: '/api/health' });
    const database = parsed(text)?.database;
    const [name, password] = ['username', 'password'].map((key) =>
      vault.value(GRAFANA.namespace, 'grafana-admin', key),
    );
    const health = { status, ...(typeof database === 'string' && { database }) };
    if (name === undefined || password === undefined || status !== 200) return health;
    const authorization = basic(name, password);
    const dataSources = await Promise.all(uids(plan, runs).map((uid) => check(door, uid, authorization)));
    return { ...health, dataSources: dataSources.flat() };
  } finally {
    door.close();
  }
}

async function check(door: Door, uid: string, authorization: string): Promise<readonly DataSourceFacts[]> {
  const path = `/api/datasources/uid/${encodeURIComponent(uid)}/health`;
  const { status, text } = await door.ask({ path, headers: { authorization } });
  const message = parsed(text)?.message ?? String(status);
  // An administrator who has another password since is no fault of a data source.
  if (status === 401 || status === 403) return [];
  return [{ uid, ok: status === 200, message }];
}

function uids({ credentials, prometheus }: Plan, runs: (component: string) => boolean): readonly string[] {
  const stores = { metrics: prometheus === undefined ? 'mimir' : 'prometheus', logs: 'loki', traces: 'tempo' } as const;
  const users = credentials.filter(({ reads, kind }) => reads.length > 0 && kind !== 'certificate');
  return users
    .slice(0, MOST_USERS)
    .flatMap(({ name }) =>
      (['metrics', 'logs', 'traces'] as const)
        .filter((signal) => runs(stores[signal]))
        .map((signal) => dataSourceUid(signal, name)),
    );
}

function parsed(text: string): { readonly database?: unknown; readonly message?: string } | undefined {
  try {
    return JSON.parse(text) as { readonly database?: unknown; readonly message?: string };
  } catch {
    return undefined;
  }
}
