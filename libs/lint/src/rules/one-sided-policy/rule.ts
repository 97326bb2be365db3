import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { severalOf } from '../../view/planned.ts';
import { policiesFor, policiesOf, type Direction } from '../../view/policies.ts';

export const rule: Rule = {
  meta: {
    id: 'one-sided-policy',
    family: 'network',
    severity: 'warning',
    description: 'A NetworkPolicy is about one direction, and the other is left open.',
    why: 'The other direction stays open to everything, and rules that are written for it do not count: nobody sees it who reads the policy.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const policy of policiesOf(cluster)) {
      const [direction] = policy.directions;
      if (direction === undefined || policy.directions.length > 1) continue;
      const other: Direction = direction === 'ingress' ? 'egress' : 'ingress';
      const place = inManifest(policy.manifest, 'spec', 'policyTypes');
      const help = 'name both `Ingress` and `Egress`';
      if (policy.rules(other).length > 0) {
        const message = `${describe(policy.manifest)} has ${other} rules, and its \`policyTypes\` leave them out`;
        yield { place, message, help };
        continue;
      }
      const open = cluster.workloads.filter(
        (workload) =>
          policiesFor(cluster, workload, direction).includes(policy) &&
          policiesFor(cluster, workload, other).length === 0,
      );
      if (open.length === 0) continue;
      yield {
        place,
        message: `${describe(policy.manifest)} is about ${direction} alone, and no policy is about the ${other} of ${severalOf(open)}`,
        help: `${help}, or deny both for the whole namespace`,
      };
    }
  },
};
