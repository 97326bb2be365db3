import { text, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-service-account',
    family: 'kubernetes',
    severity: 'error',
    description: 'A pod runs as a ServiceAccount that is not there.',
    why: 'No pod starts: the API server refuses them all.',
    source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, cluster) {
    const workload = workloadOf(manifest);
    const account = text(workload?.pod, 'serviceAccountName');
    if (workload === undefined || account === undefined || account === 'default') return;
    if (cluster.find('ServiceAccount', account, workload.namespace) !== undefined) return;
    yield {
      place: inManifest(manifest, ...workload.podPath, 'serviceAccountName'),
      message: `there is no ServiceAccount \`${account}\` in \`${workload.namespace}\``,
      help: 'add it, or name the right one',
    };
  },
};
