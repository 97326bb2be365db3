import { list, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'kept-capabilities',
    family: 'kubernetes',
    severity: 'error',
    description: 'A container keeps capabilities of Linux that it does not need.',
    why: "Each is a part of what root may do: raw sockets, other owners' files, changing users.",
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      const dropped = list(body, 'securityContext', 'capabilities', 'drop');
      if (dropped.includes('ALL')) continue;
      yield {
        place: inManifest(
          manifest,
          ...path,
          'securityContext',
          'capabilities',
          'drop',
          ...(dropped.length > 0 ? [0] : []),
        ),
        message: `container \`${name}\` keeps the capabilities that its runtime gives`,
        help: 'set `capabilities: { drop: [ALL] }`, and add back the one it needs',
      };
    }
  },
};
