import type { Plan, Workload } from '@lgtm-fleet/plan';

const API_VERSIONS = { Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', Job: 'batch/v1' } as const;

/** Names of the objects that a workload becomes: one, or one for each zone. */
export function objectNames(plan: Plan, workload: Workload): readonly string[] {
  return workload.zonal ? plan.kubernetes.zones.map((zone) => `${workload.name}-${zone.slot}`) : [workload.name];
}

/** What says which object a patch is for. */
export function identify(workload: Workload, name: string) {
  return { apiVersion: API_VERSIONS[workload.kind], kind: workload.kind, metadata: { name } };
}
