import type { FleetCheck, Report } from './types.ts';
import type { ClusterView } from './view/cluster.ts';

/**
 * Compares clusters in two steps: what each of them claims, and what is wrong with all claims together. Only claims
 * are kept, so that a large fleet is never in memory as a whole.
 *
 * @param compare is given the claims in the order of the clusters
 */
export function fleetCheck<Claim>(
  claimsOf: (cluster: ClusterView) => readonly Claim[],
  compare: (claims: readonly Claim[]) => Iterable<Report>,
): FleetCheck {
  return () => {
    const claims: Claim[] = [];
    return {
      add: (cluster) => {
        claims.push(...claimsOf(cluster));
      },
      compare: () => compare(claims),
    };
  };
}
