import type { Endpoint } from '@lgtm-fleet/plan';
import { describe, type Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** True for the pods that an end of a planned connection is. */
export function isEnd(end: Endpoint, { labels, namespace }: Workload): boolean {
  return (
    end.kind === 'pods' &&
    end.namespace === namespace &&
    end.component === labels['app.kubernetes.io/name'] &&
    end.role === labels['app.kubernetes.io/component']
  );
}

/** True where the plan has pods of one workload call a port of another's. */
export function isPlanned(cluster: ClusterView, from: Workload, to: Workload, port: number): boolean {
  return cluster.plan.connections.some(
    (connection) => connection.port === port && isEnd(connection.from, from) && isEnd(connection.to, to),
  );
}

/** True where the plan knows the role that a workload's pods have. */
export function isInPlan(cluster: ClusterView, workload: Workload): boolean {
  return cluster.plan.components.some(({ workloads }) =>
    workloads.some(({ component, role }) =>
      isEnd({ kind: 'pods', namespace: roleNamespace(workload), component, role }, workload),
    ),
  );
}

function roleNamespace({ namespace }: Workload): 'observability' | 'monitoring' | 'sample' {
  return namespace === 'monitoring' || namespace === 'sample' ? namespace : 'observability';
}

/** `StatefulSet observability/loki`, or that and how many more. */
export function severalOf(workloads: readonly Workload[]): string {
  const [first] = workloads;
  const rest = workloads.length - 1;
  if (first === undefined) return 'no pod';
  return `${describe(first.manifest)}${rest === 0 ? '' : ` and ${String(rest)} more`}`;
}
