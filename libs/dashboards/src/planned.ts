import type { ComponentName, Plan } from '@lgtm-fleet/plan';

/** Absent where there is one on every node. */
export function plannedPods(plan: Plan, component: ComponentName): number | undefined {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  // What is no store of ours tells nothing of itself: memcached has no metrics, a Job ends.
  const told = workloads.filter(({ role, kind }) => kind !== 'Job' && !/(?:^|-)cache$/.test(role));
  if (told.some(({ kind }) => kind === 'DaemonSet')) return undefined;
  return told.reduce((sum, { replicas, zonal }) => sum + replicas * (zonal ? plan.kubernetes.zones.length : 1), 0);
}

/** Ingesters that hold a series: the replication factor, unless there are fewer. */
export function copies({ mimir }: Plan): number {
  return mimir?.replicationFactor ?? 1;
}

/** What was decided of a subject, and why, for a description. */
export function decided({ decisions }: Plan, subject: string): string {
  const found = decisions.find((decision) => decision.subject === subject);
  if (found === undefined) throw new Error(`the plan decides nothing of '${subject}'`);
  return `Planned: ${found.value}, ${found.reason}.`;
}
