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
    description: 'Pods are behind a NetworkPolicy in one direction only.',
    why: 'The other direction stays open to everything, which nobody sees who reads the policy.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const policy of policiesOf(cluster)) {
      const [direction] = policy.directions;
      if (direction === undefined || policy.directions.length > 1) continue;
      const other: Direction = direction === 'ingress' ? 'egress' : 'ingress';
      const open = cluster.workloads.filter(
        (workload) =>
          policiesFor(cluster, workload, direction).includes(policy) &&
          policiesFor(cluster, workload, other).length === 0,
      );
      if (open.length === 0) continue;
      yield {
        place: inManifest(policy.manifest, 'spec', 'policyTypes'),
        message: `${describe(policy.manifest)} is about ${direction} alone, and no policy is about the ${other} of ${severalOf(open)}`,
        help: 'name both `Ingress` and `Egress`, or deny both for the whole namespace',
      };
    }
  },
};
