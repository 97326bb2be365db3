import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

const PATH = ['securityContext', 'readOnlyRootFilesystem'] as const;

export const rule: Rule = {
  meta: {
    id: 'writable-root-filesystem',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A container may write to its root filesystem.',
    why: 'Whoever breaks in can change the program; and what is written there by mistake, a write-ahead log for one, is gone with the container.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      const value = get(body, ...PATH);
      if (value === true) continue;
      yield {
        place: inManifest(manifest, ...path, ...PATH),
        message: `container \`${name}\` has a writable root filesystem`,
        help: 'set `readOnlyRootFilesystem: true`, and mount a volume wherever the program writes',
        // A program that does write there would fail.
        ...(value === false && { remedy: { safe: false, value: true } }),
      };
    }
  },
};
