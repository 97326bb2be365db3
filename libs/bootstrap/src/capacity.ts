import type { Plan, Workload } from '@lgtm-fleet/plan';
import { formatCpu, formatQuantity } from '@lgtm-fleet/units';
import { error, warning, type Amount, type ClusterFacts, type Finding } from './facts.ts';

/** Whether the cluster has room for what the plan asks for. Warnings alone: an autoscaler may add nodes by itself. */
export function nodes(plan: Plan, facts: ClusterFacts): readonly Finding[] {
  if (facts.nodes === undefined) return [];
  const usable = facts.nodes.filter((node) => node.usable);
  if (usable.length === 0)
    return [error('no-node', 'the cluster has no node that takes ordinary pods', 'see kubectl get nodes')];
  const found: Finding[] = [];
  for (const { topologyZone } of plan.kubernetes.zones)
    if (!usable.some(({ zone }) => zone === topologyZone))
      found.push(
        warning(
          'empty-zone',
          `no node is in zone ${topologyZone}`,
          `nodes have ${[...new Set(usable.map(({ zone }) => zone ?? 'no zone'))].toSorted().join(', ')}; see spec.kubernetes.zones`,
        ),
      );
  const wanted = needed(plan, usable.length);
  const free = usable.reduce<Amount>((sum, { allocatable, taken }) => plus(sum, rest(allocatable, taken)), {
    milliCpu: 0,
    memoryBytes: 0,
  });
  const help = 'add nodes (an autoscaler may do it by itself), or lower the load in the spec';
  if (wanted.milliCpu > free.milliCpu)
    found.push(
      warning(
        'little-cpu',
        `the pods ask for ${formatCpu(wanted.milliCpu)} CPU, and ${formatCpu(free.milliCpu)} are free`,
        help,
      ),
    );
  if (wanted.memoryBytes > free.memoryBytes)
    found.push(
      warning(
        'little-memory',
        `the pods ask for ${formatQuantity(wanted.memoryBytes)} of memory, and ${formatQuantity(free.memoryBytes)} are free`,
        help,
      ),
    );
  for (const { name, requests } of workloadsOf(plan))
    if (!usable.some(({ allocatable, taken }) => fits(requests, rest(allocatable, taken))))
      found.push(
        warning(
          'pod-too-large',
          `no node has room for one pod of ${name}: ${formatCpu(requests.milliCpu)} CPU, ${formatQuantity(requests.memoryBytes)}`,
          'use larger nodes, or give spec.kubernetes the number there is',
        ),
      );
  return found;
}

/** What all planned pods ask for together, each autoscaler at its minimum; Jobs come and go. */
function needed(plan: Plan, nodeCount: number): Amount {
  const zones = Math.max(1, plan.kubernetes.zones.length);
  return workloadsOf(plan).reduce<Amount>(
    (sum, { kind, replicas, zonal, requests }) => {
      const pods = kind === 'DaemonSet' ? nodeCount : kind === 'Job' ? 0 : replicas * (zonal ? zones : 1);
      return plus(sum, { milliCpu: requests.milliCpu * pods, memoryBytes: requests.memoryBytes * pods });
    },
    { milliCpu: 0, memoryBytes: 0 },
  );
}

export function workloadsOf(plan: Plan): readonly Workload[] {
  return plan.components.flatMap(({ workloads }) => workloads);
}

function plus(left: Amount, right: Amount): Amount {
  return { milliCpu: left.milliCpu + right.milliCpu, memoryBytes: left.memoryBytes + right.memoryBytes };
}

function rest(all: Amount, taken: Amount): Amount {
  return {
    milliCpu: Math.max(0, all.milliCpu - taken.milliCpu),
    memoryBytes: Math.max(0, all.memoryBytes - taken.memoryBytes),
  };
}

function fits(wanted: Amount, free: Amount): boolean {
  return wanted.milliCpu <= free.milliCpu && wanted.memoryBytes <= free.memoryBytes;
}
