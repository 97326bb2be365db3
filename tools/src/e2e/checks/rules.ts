import { parse, stringify } from 'yaml';
import type { Seen } from '../check.ts';
import type { Credential, FrontDoor } from '../front-door.ts';
import { until } from '../wait.ts';
import { configuredAs } from './configuration.ts';

const NAMESPACE = 'e2e';
const RECORDED = 'e2e:answer';
const LOGS = '/loki/api/v1/rules';
const METRICS = '/prometheus/config/v1/rules';

const GROUPS = {
  [METRICS]: {
    name: 'metrics',
    interval: '5s',
    rules: [
      { record: RECORDED, expr: 'vector(42)' },
      { alert: 'E2eMetrics', expr: 'vector(1)' },
    ],
  },
  [LOGS]: {
    name: 'logs',
    interval: '5s',
    rules: [{ alert: 'E2eLogs', expr: 'sum(count_over_time({job="e2e"}[1h])) > 0' }],
  },
};

/** A tenant gives its rules through the gateway: to record, and to alert on metrics and on logs. */
export async function giveRules(door: FrontDoor, as: Credential): Promise<Seen> {
  for (const [path, group] of Object.entries(GROUPS)) {
    const { status, text } = await door.send(as, 'POST', `${path}/${NAMESPACE}`, stringify(group), 'application/yaml');
    if (status !== 202) throw new Error(`${path} answered ${String(status)}: ${text.slice(0, 300)}`);
  }
  return await rulesAre(door, as);
}

/** The stores say that they have the rules as they were given. */
export async function rulesAre(door: FrontDoor, as: Credential): Promise<Seen> {
  for (const [path, group] of Object.entries(GROUPS)) {
    const { status, text } = await door.get(as, path);
    if (status !== 200) throw new Error(`${path} answered ${String(status)}: ${text.slice(0, 300)}`);
    configuredAs(stringify({ [NAMESPACE]: [group] }), text);
  }
  return { detail: `${String(Object.keys(GROUPS).length)} groups as given` };
}

/** The rules do what they say: what is recorded can be queried, and the alerts are in the tenant's own Alertmanager. */
export async function rulesWork(door: FrontDoor, as: Credential, other: Credential): Promise<Seen> {
  await rulesAre(door, as);
  const patience = { seconds: 180, everyMs: 3000 };
  await until('the recorded series', patience, async () => {
    const [series] = await door.samples(as, RECORDED);
    return series?.values.at(-1)?.[1] === 42 ? true : undefined;
  });
  const wanted = ['E2eLogs', 'E2eMetrics'];
  await until('the alerts', patience, async () => {
    const firing = await alertsOf(door, as);
    const absent = wanted.filter((name) => !firing.includes(name));
    if (absent.length > 0) throw new Error(`${absent.join(', ')} not in ${firing.join(', ')}`);
    return true;
  });
  const leaked = [
    ...(await alertsOf(door, other)).filter((name) => wanted.includes(name)),
    ...(await door.samples(other, RECORDED)).map(() => RECORDED),
  ];
  for (const path of Object.keys(GROUPS)) if (await hasNamespace(door, other, path)) leaked.push(`rules at ${path}`);
  if (leaked.length > 0) throw new Error(`tenant ${other.tenant} sees ${leaked.join(', ')} of ${as.tenant}`);
  return { detail: `recorded, and alerts ${wanted.join(', ')} in the tenant's Alertmanager` };
}

/** Rules of the fleet it has as well; a ruler that has none at all says 404. */
async function hasNamespace(door: FrontDoor, as: Credential, path: string): Promise<boolean> {
  const { status, text } = await door.get(as, path);
  return status === 200 && Object.hasOwn(parse(text) as object, NAMESPACE);
}

async function alertsOf(door: FrontDoor, as: Credential): Promise<readonly string[]> {
  const { status, text } = await door.get(as, '/alertmanager/api/v2/alerts');
  if (status !== 200) throw new Error(`Alertmanager answered ${String(status)}: ${text.slice(0, 300)}`);
  const alerts = JSON.parse(text) as readonly { readonly labels?: Readonly<Record<string, string>> }[];
  return alerts.map(({ labels }) => labels?.['alertname'] ?? '');
}
