import { list } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { rulesOf } from '../../view/rights.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'wildcard-role',
    family: 'kubernetes',
    severity: 'error',
    description: 'A role allows every verb, resource or group.',
    why: 'It also allows what the next version of Kubernetes brings; nobody can say what the program may do.',
    source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  },
  kinds: ['Role', 'ClusterRole'],
  *manifest(manifest) {
    for (const { rule: granted, index } of rulesOf(manifest)) {
      for (const key of ['apiGroups', 'resources', 'verbs', 'nonResourceURLs']) {
        const at = list(granted, key).indexOf('*');
        if (at < 0) continue;
        yield {
          place: inManifest(manifest, 'rules', index, key, at),
          message: `the role \`${manifest.name}\` allows all \`${key}\``,
          help: 'name those that the program uses',
        };
      }
    }
  },
};
