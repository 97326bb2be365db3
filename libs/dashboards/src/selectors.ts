import { jobs } from '@lgtm-fleet/alerts';
import type { ComponentName, Plan } from '@lgtm-fleet/plan';

/** Series of a component of this hub, or of one of its roles. */
export function own(plan: Plan, component: ComponentName, ...roles: readonly string[]): string {
  return `${inCluster(plan)}, ${jobs(plan, component, ...roles)}`;
}

/** Whatever this cluster itself collects, though edges write into the same tenants. */
export function inCluster({ collection }: Pick<Plan, 'collection'>): string {
  return `cluster="${collection.clusterLabel}"`;
}

export function runs(plan: Plan, component: ComponentName): boolean {
  return plan.components.some(({ name, workloads }) => name === component && workloads.length > 0);
}

/** True where a component has this role, be it in a process that has them all. */
export function hasRole(plan: Plan, component: ComponentName, role: string): boolean {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  return workloads.some((one) => one.role === role || one.role === 'monolithic');
}
