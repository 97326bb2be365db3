import type { Endpoint } from '@lgtm-fleet/plan';
import { describe, type Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** True for the pods that an end of a planned connection is. */
export function isEnd(end: Endpoint, workload: Workload): boolean {
  return end.kind === 'pods' && nameOfEnd(end) === roleOf(workload);
}

interface Planned {
  /** `observability/loki/querier observability/loki/ingester 9095` */
  readonly edges: ReadonlySet<string>;
  /** `observability/loki/querier` */
  readonly roles: ReadonlySet<string>;
}

const known = new WeakMap<ClusterView, Planned>();

function plannedIn(cluster: ClusterView): Planned {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const { connections, components } = cluster.plan;
  const found = {
    edges: new Set(connections.map(({ from, to, port }) => `${nameOfEnd(from)} ${nameOfEnd(to)} ${port}`)),
    roles: new Set(
      components.flatMap(({ namespace, workloads }) =>
        workloads.map(({ component, role }) => `${namespace}/${component}/${role}`),
      ),
    ),
  };
  known.set(cluster, found);
  return found;
}

function nameOfEnd(end: Endpoint): string {
  return end.kind === 'pods' ? `${end.namespace}/${end.component}/${end.role}` : end.name;
}

function roleOf({ labels, namespace }: Workload): string {
  return `${namespace}/${labels['app.kubernetes.io/name'] ?? ''}/${labels['app.kubernetes.io/component'] ?? ''}`;
}

/** True where the plan has pods of one workload call a port of another's. */
export function isPlanned(cluster: ClusterView, from: Workload, to: Workload, port: number): boolean {
  return plannedIn(cluster).edges.has(`${roleOf(from)} ${roleOf(to)} ${port}`);
}

/** True where the plan has pods of a workload call something outside the cluster on a port. */
export function isPlannedOutside(cluster: ClusterView, from: Workload, port: number): boolean {
  return cluster.plan.connections.some(
    (connection) => connection.to.kind === 'outside' && connection.port === port && isEnd(connection.from, from),
  );
}

/** True where the plan knows the role that a workload's pods have. */
export function isInPlan(cluster: ClusterView, workload: Workload): boolean {
  return plannedIn(cluster).roles.has(roleOf(workload));
}

/** `StatefulSet observability/loki (and 2 more)`. */
export function severalOf(workloads: readonly Workload[]): string {
  const [first] = workloads;
  const rest = workloads.length - 1;
  if (first === undefined) return 'no pod';
  return `${describe(first.manifest)}${rest === 0 ? '' : ` (and ${rest} more)`}`;
}
