import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'privileged-container',
    family: 'kubernetes',
    severity: 'error',
    description: 'A container is privileged.',
    why: 'It can do on the node whatever the node can: one hole in it is a hole in the cluster.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      if (get(body, 'securityContext', 'privileged') !== true) continue;
      yield {
        place: inManifest(manifest, ...path, 'securityContext', 'privileged'),
        message: `container \`${name}\` is privileged`,
        help: 'remove it; mount the one device or add the one capability that is needed',
        remedy: { safe: false, value: false },
      };
    }
  },
};
