import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { rightsOf } from '../../view/rights.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unused-api-token',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A pod mounts a token for the API server that gives it no rights.',
    why: 'Whoever breaks in has an identity to try; the program has no use for it.',
    source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest, cluster) {
    const workload = workloadOf(manifest);
    if (workload === undefined || get(workload.pod, 'automountServiceAccountToken') === false) return;
    const account = get(workload.pod, 'serviceAccountName') ?? 'default';
    if (typeof account !== 'string' || rightsOf(cluster, workload.namespace, account).length > 0) return;
    const own = cluster.find('ServiceAccount', account, workload.namespace);
    const asked = get(workload.pod, 'automountServiceAccountToken') === true;
    if (!asked && get(own?.body, 'automountServiceAccountToken') === false) return;
    yield {
      place: inManifest(manifest, ...workload.podPath, 'automountServiceAccountToken'),
      message: `its pods mount the token of \`${account}\`, which is bound to no role`,
      help: 'set `automountServiceAccountToken: false`',
      ...(asked && { remedy: { safe: true, value: false } }),
    };
  },
};
