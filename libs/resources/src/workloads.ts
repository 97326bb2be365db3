import type { ComponentName, Plan, Workload } from '@lgtm-fleet/plan';

/** The workload that does the work of a role: its own where it has one, else the process that has every role. */
export function workloadOf(plan: Plan, component: ComponentName, role: string): Workload | undefined {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  return workloads.find((one) => one.role === role) ?? workloads.find((one) => one.role === 'monolithic');
}
