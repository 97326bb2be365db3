import { get, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-memory-limit',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A container may take all the memory of its node.',
    why: 'When it leaks or is asked too much, the kernel kills what it likes, not what grew.',
    source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path } of workloadOf(manifest)?.containers ?? []) {
      if (get(body, 'resources', 'limits', 'memory') !== undefined) continue;
      yield {
        place: inManifest(manifest, ...path, 'resources', 'limits', 'memory'),
        message: `container \`${name}\` may take all the memory of its node`,
        help: 'add `resources.limits.memory`',
      };
    }
  },
};
