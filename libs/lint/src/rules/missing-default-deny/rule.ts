import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { deniesAll, policiesOf } from '../../view/policies.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-default-deny',
    family: 'network',
    severity: 'warning',
    description: 'A namespace of the cluster does not deny by default, in both directions.',
    why: 'A pod that no policy selects may talk to everybody and be reached by everybody: the next one that is added, for one.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  kinds: ['Namespace'],
  *manifest(manifest, cluster) {
    const own = policiesOf(cluster).filter(({ namespace }) => namespace === manifest.name);
    const open = (['ingress', 'egress'] as const).filter(
      (direction) => !own.some((policy) => policy.directions.includes(direction) && deniesAll(policy, direction)),
    );
    if (open.length === 0) return;
    // One that means to, and forgets a direction, is the place to mend.
    const half = own.find(
      (policy) => policy.directions.length === 1 && policy.directions.every((one) => deniesAll(policy, one)),
    );
    yield {
      place:
        half === undefined
          ? inManifest(manifest, 'metadata', 'name')
          : inManifest(half.manifest, 'spec', 'policyTypes'),
      message: `namespace \`${manifest.name}\` does not deny ${open.join(' and ')} by default`,
      help: 'add a NetworkPolicy with `podSelector: {}`, `policyTypes: [Ingress, Egress]` and no rules',
    };
  },
};
