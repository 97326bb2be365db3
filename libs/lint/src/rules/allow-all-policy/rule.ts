import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { isEverybody, policyOf } from '../../view/policies.ts';

export const rule: Rule = {
  meta: {
    id: 'allow-all-policy',
    family: 'network',
    severity: 'warning',
    description: 'A NetworkPolicy allows everything in a direction: any peer, on any port.',
    why: 'It undoes the default of its namespace, for policies only ever add: one broken pod reaches everything.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  kinds: ['NetworkPolicy', 'CiliumNetworkPolicy'],
  *manifest(manifest) {
    const policy = policyOf(manifest);
    for (const direction of policy.directions) {
      for (const { path, peers, ports } of policy.rules(direction)) {
        if (ports.length > 0 || (peers.length > 0 && !peers.some(isEverybody))) continue;
        yield {
          place: inManifest(manifest, ...path),
          message: `${describe(manifest)} allows all ${direction}: any peer, on any port`,
          help: 'name the peers, and the ports that they need',
        };
      }
    }
  },
};
