import type { Seen } from '../check.ts';
import type { Cluster } from '../cluster.ts';
import type { Told } from '../faults/types.ts';
import { withPod } from '../pod-port.ts';
import type { Stage } from '../scenario.ts';
import { until } from '../wait.ts';
import { withWatcher } from './meta-monitoring.ts';

/** What is not there any more counts as gone after five minutes, and rules are looked at each minute. */
const PATIENCE = { seconds: 480, everyMs: 5000 } as const;
const TENANT = 'self-monitoring';
/** Longer than what is down only because a fault begins with a restart. */
const HELD_SECONDS = 45;

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: string;
  /** Since when it is true without a break. */
  readonly activeAt: string;
}

interface Active {
  readonly alerts: readonly Alert[];
}

interface Held {
  readonly who: string;
  readonly found: Alert;
}

/**
 * What an alert looks for is there, and stays: one of the two that look at the rules holds it for true. How long that
 * has to last before people are told is tried by the tests of the rules, in no time.
 */
export async function waits(on: Stage, alert: Told): Promise<Seen> {
  const start = performance.now();
  return await until(`${alert.name} to be true`, PATIENCE, async () => {
    const { who, found } = (await active(on, alert)) ?? {};
    if (found === undefined) return undefined;
    const held = (Date.now() - Date.parse(found.activeAt)) / 1000;
    if (!(held >= HELD_SECONDS)) return undefined;
    const page = found.annotations['runbook_url']?.split('/').at(-1) ?? '';
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    return {
      detail: `${found.state} at ${who ?? ''} after ${seconds} s, for ${held.toFixed(0)} s by then; page ${page}`,
    };
  });
}

/** Nobody holds an alert for true any more, so that what is seen next is not left from before. */
export async function quieted(on: Stage, alert: Told): Promise<void> {
  await until(`${alert.name} to be no longer true`, PATIENCE, async () =>
    (await active(on, alert)) === undefined ? true : undefined,
  );
}

/** Which is true for longest. One of the two may be what is broken, and is passed over then. */
async function active({ cluster }: Stage, { name, of = /^/ }: Told): Promise<Held | undefined> {
  const [own, watcher] = await Promise.allSettled([
    ofRuler(cluster),
    withWatcher(cluster, (ask) => ask<Active>('alerts')),
  ]);
  const told = [
    ['the ruler of Mimir', own],
    ['the Prometheus that watches', watcher],
  ] as const;
  const held = told.flatMap(([who, answer]) => {
    if (answer.status === 'rejected') return [];
    const { alerts } = answer.value;
    return alerts
      .filter(
        ({ labels: { alertname, ...labels } }) =>
          alertname === name && Object.values(labels).some((one) => of.test(one)),
      )
      .map((found) => ({ who, found }));
  });
  const [longest] = held.toSorted((left, right) => Date.parse(left.found.activeAt) - Date.parse(right.found.activeAt));
  return longest;
}

/** Asked at its own port, since the gateway may be what is broken. */
async function ofRuler(cluster: Cluster): Promise<Active> {
  const ruler = { namespace: 'observability', component: 'mimir', role: 'monolithic', port: 8080 };
  const text = await withPod(cluster, ruler, (ask) =>
    ask('/prometheus/api/v1/alerts', { headers: { 'X-Scope-OrgID': TENANT } }),
  );
  return (JSON.parse(text) as { readonly data: Active }).data;
}
