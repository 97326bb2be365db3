import { describe, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { roleOf } from '../../view/rights.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-role',
    family: 'kubernetes',
    severity: 'error',
    description: 'A binding gives a role that is not there.',
    why: 'The program gets none of the rights that it was meant to have, and says so only when it asks.',
    source: 'https://kubernetes.io/docs/concepts/security/',
  },
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  *manifest(manifest, cluster) {
    const name = text(manifest.body, 'roleRef', 'name') ?? '';
    // Kubernetes brings these itself.
    if (name.startsWith('system:') || ['view', 'edit', 'admin', 'cluster-admin'].includes(name)) return;
    if (roleOf(cluster, manifest) !== undefined) return;
    yield {
      place: inManifest(manifest, 'roleRef', 'name'),
      message: `${describe(manifest)} gives the ${text(manifest.body, 'roleRef', 'kind') ?? 'role'} \`${name}\`, which is not there`,
      help: 'make the role, or name the right one',
    };
  },
};
