import { jobOf, type ComponentName, type Plan } from '@lgtm-fleet/plan';

/** Matcher of a component's own series: `job=~"observability/(loki|loki-ingester)"`; of one role where one is named. */
export function jobs(plan: Plan, component: ComponentName, ...roles: readonly string[]): string {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  const asked = workloads.filter(({ role }) => roles.length === 0 || role === 'monolithic' || roles.includes(role));
  if (asked.length === 0)
    throw new Error(`cluster '${plan.cluster}' has no ${component} ${roles.join(', ')}`.trimEnd());
  const names = [...new Set(asked.map(jobOf))].toSorted();
  return names.length === 1 ? `job="${names[0] ?? ''}"` : `job=~"${names.join('|')}"`;
}
