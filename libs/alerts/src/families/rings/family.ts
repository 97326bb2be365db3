import { workloadOf, type Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import { pods, STORES, type StoreName } from '../../stores.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * Every member of every ring tells how many members it sees in which state, each in one state only; one that sees
 * something long enough stands for all, since members gossip.
 */
export const rings: RuleFamily = {
  name: 'rings',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    RINGS.flatMap((ring) =>
      plan[ring.store] === undefined
        ? []
        : [
            {
              name: `${ring.store}-rings`,
              rules: [unhealthy, missing, ghosts, stuck].map((alert) => alert(plan, ring)),
            },
          ],
    ),
};

interface Ring {
  readonly store: StoreName;
  /** The store's own name for the gauge of the common ring library. */
  readonly metric: string;
  /** Rings that are called like the role whose pods are their members. */
  readonly roles: readonly string[];
}

const RINGS: readonly Ring[] = [
  { store: 'loki', metric: 'loki_ring_members', roles: ['ingester', 'distributor'] },
  {
    store: 'mimir',
    metric: 'cortex_ring_members',
    roles: ['ingester', 'distributor', 'store-gateway', 'compactor', 'ruler', 'alertmanager'],
  },
  { store: 'tempo', metric: 'tempo_ring_members', roles: ['live-store', 'backend-worker'] },
];

function unhealthy(plan: Plan, { store, metric }: Ring): Alert {
  const { title } = STORES[store];
  return {
    alert: `${title}RingUnhealthy`,
    expr: `max by (cluster, name) (${metric}{${jobs(plan, store)}, state="Unhealthy"}) > 0`,
    for: '15m',
    severity: 'critical',
    summary: `${title}: {{ $value }} unhealthy members in ring {{ $labels.name }} of {{ $labels.cluster }}`,
    description:
      'A member has sent no heartbeat for a quarter of an hour. One more than the ring tolerates, and writes and queries fail.',
    runbook: 'ring-unhealthy',
  };
}

/** Fewer take part than were planned: pods are there and did not join, or the ring is cut in two. */
function missing(plan: Plan, ring: Ring): Alert {
  const { title } = STORES[ring.store];
  const parts = sizes(plan, ring, 'least').map(
    ([count, names]) =>
      `max by (cluster, name) (${ring.metric}{${jobs(plan, ring.store)}, name=~"${names}", state="ACTIVE"}) < ${count}`,
  );
  return {
    alert: `${title}RingMembersMissing`,
    expr: parts.join(' or '),
    // A rollout takes a member away for minutes at a time.
    for: '30m',
    severity: 'warning',
    summary: `${title}: only {{ $value }} active members in ring {{ $labels.name }} of {{ $labels.cluster }}`,
    description:
      'Fewer members are active than the plan has pods. What they would do falls to the others, and fewer of those may be lost.',
    runbook: 'ring-unhealthy',
  };
}

/** More are known than there can be pods: some of them are no more, and nobody told the ring. */
function ghosts(plan: Plan, ring: Ring): Alert {
  const { title } = STORES[ring.store];
  const parts = sizes(plan, ring, 'most').map(
    ([count, names]) =>
      `max by (cluster, name) (sum by (cluster, pod, name) (${ring.metric}{${jobs(plan, ring.store)}, name=~"${names}"})) > ${count}`,
  );
  return {
    alert: `${title}RingGhostMembers`,
    expr: parts.join(' or '),
    // Longer than a rollout, in which old and new pods of a Deployment are members together.
    for: '1h',
    severity: 'warning',
    summary: `${title}: {{ $value }} members in ring {{ $labels.name }} of {{ $labels.cluster }}, more than pods`,
    description:
      'The ring knows members that no pod stands for: a scale-down or a lost volume left them behind. Each of them counts as one that is lost.',
    runbook: 'ring-ghost-members',
  };
}

/** LEAVING lasts as long as a pod may take to stop, twenty minutes at most; unhealthy until somebody forgets it. */
function stuck(plan: Plan, { store, metric }: Ring): Alert {
  const { title } = STORES[store];
  return {
    alert: `${title}RingMemberStuck`,
    expr: `max by (cluster, name, state) (${metric}{${jobs(plan, store)}, state=~"LEAVING|Unhealthy"}) > 0`,
    for: '2h',
    severity: 'warning',
    summary: `${title}: a member of ring {{ $labels.name }} of {{ $labels.cluster }} is {{ $labels.state }} for hours`,
    description:
      'Nothing that still runs stays in this state for two hours. The member is gone and was not forgotten: it takes no part, and is still counted.',
    runbook: 'ring-ghost-members',
  };
}

/** Rings by their planned size: one size for each set of names. A role that is scaled by load has two, least and most. */
function sizes(plan: Plan, { store, roles }: Ring, end: 'least' | 'most'): readonly (readonly [number, string])[] {
  const names = new Map<number, string[]>();
  for (const role of roles) {
    const workload = workloadOf(plan, store, role);
    if (workload === undefined) continue;
    const replicas = end === 'most' ? (workload.maxReplicas ?? workload.replicas) : workload.replicas;
    const size = pods(plan, { ...workload, replicas });
    names.set(size, [...(names.get(size) ?? []), role]);
  }
  return [...names].map(([size, some]) => [size, some.join('|')] as const);
}
