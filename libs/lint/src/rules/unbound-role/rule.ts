import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { roleOf } from '../../view/rights.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unbound-role',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A role is given to nobody.',
    why: 'Either a program lacks its rights, or the role waits for whoever binds it.',
    source: 'https://kubernetes.io/docs/concepts/security/',
  },
  kinds: ['Role', 'ClusterRole'],
  *manifest(manifest, cluster) {
    const bindings = [...cluster.ofKind('RoleBinding'), ...cluster.ofKind('ClusterRoleBinding')];
    if (bindings.some((binding) => roleOf(cluster, binding) === manifest)) return;
    yield {
      place: inManifest(manifest, 'metadata', 'name'),
      message: `nothing binds ${describe(manifest)}`,
      help: 'bind it, or remove it',
    };
  },
};
