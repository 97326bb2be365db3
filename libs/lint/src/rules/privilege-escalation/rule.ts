import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'privilege-escalation',
    family: 'kubernetes',
    severity: 'error',
    description: 'A process may gain more rights than its parent.',
    why: 'A program with the set-user-id bit then makes root of anybody.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      const value = get(body, 'securityContext', 'allowPrivilegeEscalation');
      if (value === false) continue;
      yield {
        place: inManifest(manifest, ...path, 'securityContext', 'allowPrivilegeEscalation'),
        message: `a process of container \`${name}\` may gain more rights than its parent has`,
        help: 'set `allowPrivilegeEscalation: false`',
        ...(value === true && { remedy: { safe: true, value: false } }),
      };
    }
  },
};
