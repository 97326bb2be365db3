import type { ClusterObject, Pod } from '@lgtm-fleet/bootstrap';
import { objectNames, type Plan, type Workload } from '@lgtm-fleet/plan';
import { ownSkew } from './clocks.ts';
import type { Facts, Kind } from './facts.ts';
import { subject, type Subject } from './subjects.ts';

export type LivePod = ClusterObject & Pod;

/** A workload's object: one, or one of each zone. */
export interface PlannedWorkload {
  readonly workload: Workload;
  readonly kind: Workload['kind'];
  readonly namespace: string;
  readonly name: string;
  readonly subject: Subject;
}

/** What checks look at: the plan, the facts, and ways to find things in them. */
export interface View {
  readonly plan: Plan;
  readonly facts: Facts;
  /** Milliseconds, by the clocks of the cluster where they agree that ours is wrong. */
  readonly now: number;
  /** What lives of a kind; undefined where it could not be read. */
  readonly live: (kind: Kind) => readonly ClusterObject[] | undefined;
  readonly find: (kind: Kind, namespace: string, name: string) => ClusterObject | undefined;
  /** What git says of a kind. */
  readonly planned: (kind: string) => readonly ClusterObject[];
  readonly pods: readonly LivePod[];
  /** The objects of all workloads of the plan. */
  readonly workloads: readonly PlannedWorkload[];
  readonly podsOf: (workload: PlannedWorkload) => readonly LivePod[];
}

export function viewOf(plan: Plan, facts: Facts): View {
  const live = (kind: Kind) => facts.objects?.[kind];
  const pods = (live('Pod') ?? []) as readonly LivePod[];
  return {
    plan,
    facts,
    now: Date.parse(facts.at) - ownSkew(facts.clocks ?? []) * 1000,
    live,
    find: (kind, namespace, name) =>
      live(kind)?.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
    planned: (kind) => (facts.planned ?? []).filter((object) => object.kind === kind),
    pods,
    workloads: plan.components.flatMap(({ namespace, workloads }) =>
      workloads.flatMap((workload) =>
        objectNames(plan, workload).map((name) => ({
          workload,
          kind: workload.kind,
          namespace,
          name,
          subject: subject(workload.component, workload.role),
        })),
      ),
    ),
    podsOf: ({ kind, namespace, name }) =>
      pods.filter(({ metadata }) => metadata.namespace === namespace && isPodOf(kind, name, metadata.name)),
  };
}

/** By the names that controllers give: `loki-0`, `gateway-6d4cf56db6-abcde`, `alloy-x7x2p`. */
function isPodOf(kind: Workload['kind'], owner: string, pod: string): boolean {
  if (!pod.startsWith(`${owner}-`)) return false;
  const rest = pod.slice(owner.length + 1);
  if (kind === 'StatefulSet') return /^\d+$/.test(rest);
  return kind === 'Deployment' ? /^[a-z0-9]+-[a-z0-9]{5}$/.test(rest) : /^[a-z0-9]{5}$/.test(rest);
}
