import type { Namespace, Plan, Workload } from '@lgtm-fleet/plan';

/** What all pods of a namespace may ask for together. */
export interface Quota {
  readonly pods: number;
  readonly milliCpu: number;
  readonly requestedBytes: number;
  readonly limitedBytes: number;
}

/** Own judgement: room for a sidecar, a debug pod and a patch that raises a request. */
const headroom = 1.25;

/** Nodes are added without anybody asking: a DaemonSet's new pods must not be refused. */
const nodeGrowth = 2;

/**
 * The most that a namespace's planned pods can need at once, and a quarter more: every autoscaler at its
 * maximum, every Deployment in the middle of a roll-out, every Job running, twice the nodes.
 */
export function quotaOf(plan: Plan, namespace: Namespace): Quota {
  const workloads = plan.components
    .filter((component) => component.namespace === namespace)
    .flatMap(({ workloads }) => workloads);
  const total = (per: (workload: Workload) => number): number =>
    workloads.reduce((sum, workload) => sum + mostPods(plan, workload) * per(workload), 0);
  return {
    pods: Math.ceil(total(() => 1) * headroom),
    milliCpu: total(({ requests }) => requests.milliCpu) * headroom,
    requestedBytes: total(({ requests }) => requests.memoryBytes) * headroom,
    limitedBytes: total(({ limits }) => limits.memoryBytes) * headroom,
  };
}

/** Pods of a workload that can be there at one time. */
function mostPods(plan: Plan, workload: Workload): number {
  switch (workload.kind) {
    case 'DaemonSet':
      return plan.kubernetes.nodes * nodeGrowth;
    case 'Job':
      return Math.max(1, workload.replicas);
    case 'StatefulSet':
      return workload.replicas * (workload.zonal ? plan.kubernetes.zones.length : 1);
    case 'Deployment': {
      // A roll-out adds a quarter, Kubernetes' default and the most that a base asks for.
      const most = workload.maxReplicas ?? workload.replicas;
      return most + Math.ceil(most / 4);
    }
  }
}
