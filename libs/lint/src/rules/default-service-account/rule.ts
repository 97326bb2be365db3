import { text, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'default-service-account',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A pod runs as the ServiceAccount `default`.',
    why: 'Rights given to one such pod are given to all of the namespace.',
    source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    const workload = workloadOf(manifest);
    if (workload === undefined || (text(workload.pod, 'serviceAccountName') ?? 'default') !== 'default') return;
    yield {
      place: inManifest(manifest, ...workload.podPath, 'serviceAccountName'),
      message: 'its pods run as the ServiceAccount `default`',
      help: 'make an account of its own for it, even one without rights',
    };
  },
};
