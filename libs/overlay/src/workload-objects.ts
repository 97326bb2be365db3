import type { Workload } from '@lgtm-fleet/plan';

const API_VERSIONS = { Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', Job: 'batch/v1' } as const;

/** What says which object a patch is for. */
export function identify(workload: Workload, name: string) {
  return { apiVersion: API_VERSIONS[workload.kind], kind: workload.kind, metadata: { name } };
}
