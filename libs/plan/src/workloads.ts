import { namespaceOf } from './connections/endpoints.ts';
import type { ComponentName, Plan, Workload } from './types.ts';

/** The workload that does the work of a role: its own where it has one, else the process that has every role. */
export function workloadOf(
  plan: Pick<Plan, 'components'>,
  component: ComponentName,
  role: string,
): Workload | undefined {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  return workloads.find((one) => one.role === role) ?? workloads.find((one) => one.role === 'monolithic');
}

/** Names of the objects that a workload becomes: one, or one for each zone. */
export function objectNames(plan: Pick<Plan, 'kubernetes'>, workload: Workload): readonly string[] {
  return workload.zonal ? plan.kubernetes.zones.map((zone) => `${workload.name}-${zone.slot}`) : [workload.name];
}

/** Label `job` of everything that is scraped from a workload's pods, in every zone: `observability/loki-ingester`. */
export function jobOf({ component, name }: Workload): string {
  return `${namespaceOf(component)}/${name}`;
}
