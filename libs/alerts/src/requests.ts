import { jobOf, type Plan } from '@lgtm-fleet/plan';
import type { RunbookName } from '@lgtm-fleet/runbooks';
import { front, scraped, STORES, type StoreName } from './stores.ts';
import type { Alert } from './types.ts';

/** Alerts that every store needs alike: it is gone, it answers with errors, it is slow. */

/** Roles on no way of a write, a query or an alert: what they do can be done later. Most have one pod, which nodes lose. */
const IN_THE_BACKGROUND: ReadonlySet<string> = new Set([
  'backend-scheduler',
  'backend-worker',
  'compactor',
  'overrides-exporter',
]);

/** A role of the store of which no pod answers, those included that were never there. */
export function down(plan: Plan, name: StoreName): readonly Alert[] {
  const { title } = STORES[name];
  const [background, others] = [true, false].map((wanted) =>
    scraped(plan, name)
      .filter(({ role }) => IN_THE_BACKGROUND.has(role) === wanted)
      .map(jobOf),
  );
  const summary = `${title}: no pod of {{ $labels.job }} answers in {{ $labels.cluster }}`;
  const runbook = 'store-down';
  return [
    {
      alert: `${title}Down`,
      expr: unanswered(plan, others ?? []),
      for: '5m',
      severity: 'critical',
      summary,
      description:
        'Nothing of this role has been scraped for five minutes: its pods are gone, do not start, or cannot be reached. What it does for the others is not done.',
      runbook,
    },
    ...(background === undefined || background.length === 0
      ? []
      : [
          {
            alert: `${title}BackgroundDown`,
            expr: unanswered(plan, background),
            // Its one pod is started elsewhere within minutes when its node is lost.
            for: '30m',
            severity: 'warning',
            summary,
            description:
              'Nothing of this role has been scraped for half an hour. Writes, queries and alerts go on; what it does in the background is not done, and blocks, old data or metrics of limits show it within hours.',
            runbook,
          } as const,
        ]),
  ];
}

function unanswered(plan: Plan, names: readonly string[]): string {
  // A target that is gone has no series that could be 0; what `absent` makes has no cluster.
  const gone = names.map(
    (job) => `label_replace(absent(up{job="${job}"}), "cluster", "${plan.collection.clusterLabel}", "", "")`,
  );
  return [`sum by (cluster, job) (up{job=~"${names.join('|')}"}) == 0`, ...gone].join(' or ');
}

const SIDES = {
  writes: {
    verb: 'writes',
    runbook: 'writes-failing',
    // Collectors keep what is refused with 5xx and try again, until their queues are full.
    meaning: 'Collectors keep what they cannot write and try again; what they cannot keep is lost.',
  },
  queries: {
    verb: 'queries',
    runbook: 'queries-failing',
    meaning: 'Dashboards show errors in place of graphs, and rules that ask the same way miss evaluations.',
  },
} as const satisfies Readonly<Record<string, { verb: string; runbook: RunbookName; meaning: string }>>;

/**
 * A tenth is what one zone, or one of a few pods, makes when it is lost; less than that is left to the budgets, which
 * look back for longer.
 */
const FAILING_SHARE = 0.1;

/** Requests that end in the store's own errors. */
export function failing(plan: Plan, name: StoreName, side: 'writes' | 'queries'): Alert {
  const store = STORES[name];
  const { verb, runbook, meaning } = SIDES[side];
  const at = front(plan, store, side);
  return {
    alert: `${store.title}${side === 'writes' ? 'Writes' : 'Queries'}Failing`,
    expr: `sum by (cluster) (rate(${store.requests}_count{${at}, status_code=~"5.."}[5m])) / sum by (cluster) (rate(${store.requests}_count{${at}}[5m])) > ${FAILING_SHARE}`,
    for: '5m',
    severity: 'critical',
    summary: `${store.title}: {{ $value | humanizePercentage }} of ${verb} fail in {{ $labels.cluster }}`,
    description: `More than a tenth of all ${verb} have ended in 5xx for five minutes. ${meaning}`,
    runbook,
  };
}

/** The slowest hundredth of requests takes longer than whoever waits for it does. */
export function slow(
  plan: Plan,
  name: StoreName,
  side: 'writes' | 'queries',
  { seconds, because }: { readonly seconds: number; readonly because: string },
): Alert {
  const store = STORES[name];
  const word = side === 'writes' ? 'Writes' : 'Queries';
  return {
    alert: `${store.title}${word}Slow`,
    expr: `histogram_quantile(0.99, sum by (cluster, le) (rate(${store.requests}_bucket{${front(plan, store, side)}}[5m]))) > ${seconds}`,
    for: '15m',
    severity: 'warning',
    summary: `${store.title}: the slowest hundredth of ${word.toLowerCase()} takes {{ $value | humanizeDuration }} in {{ $labels.cluster }}`,
    description: `One of a hundred ${word.toLowerCase()} has taken more than ${seconds} s for a quarter of an hour. ${because}`,
    runbook: side === 'writes' ? 'writes-failing' : 'queries-slow',
  };
}

/** The overrides of tenants are read again while a store runs; one that cannot read them keeps the old, until it restarts. */
export function overridesRefused(plan: Plan, name: StoreName, prefix: string): Alert {
  const { title } = STORES[name];
  const names = scraped(plan, name).map(jobOf);
  return {
    alert: `${title}OverridesRefused`,
    expr: `min by (cluster, job) (${prefix}_runtime_config_last_reload_successful{job=~"${names.join('|')}"}) == 0`,
    for: '10m',
    severity: 'warning',
    summary: `${title}: {{ $labels.job }} of {{ $labels.cluster }} cannot read its overrides`,
    description:
      'The file with the limits of each tenant is wrong or gone. The pods go on with what they read last, and the next that restarts does not start.',
    runbook: 'store-down',
  };
}
