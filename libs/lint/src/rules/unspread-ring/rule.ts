import { get, list, selects, text, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { quorumsOf } from '../../view/quorums.ts';
import { pinnedZones } from '../../view/zones.ts';

const KEYS = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

export const rule: Rule = {
  meta: {
    id: 'unspread-ring',
    family: 'rings',
    severity: 'warning',
    description: 'Nothing keeps the members of a ring from sharing a node.',
    why: 'All copies may then be on one machine, and its failure takes a quorum, writes and recent data with it.',
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  },
  *cluster(cluster) {
    const seen = new Set<Workload>();
    for (const { name, workloads } of quorumsOf(cluster)) {
      for (const workload of workloads) {
        // Sets that are pinned to zones are apart from one another already.
        const apart = workloads.length > 1 && pinnedZones(workload).length > 0;
        if (apart || isSpread(workload) || seen.has(workload)) continue;
        seen.add(workload);
        yield {
          place: inManifest(workload.manifest, ...workload.podPath, 'topologySpreadConstraints'),
          message: `the pods of \`${workload.name}\`, ${name}, may all be on one node`,
          help: 'spread them over `kubernetes.io/hostname`, and over zones where there are any',
        };
      }
    }
  },
};

/** True where some constraint or anti-affinity over nodes or zones takes the pods themselves. */
function isSpread({ pod, labels }: Workload): boolean {
  const antiAffinity = get(pod, 'affinity', 'podAntiAffinity');
  const terms = [
    ...list(pod, 'topologySpreadConstraints'),
    ...list(antiAffinity, 'requiredDuringSchedulingIgnoredDuringExecution'),
    ...list(antiAffinity, 'preferredDuringSchedulingIgnoredDuringExecution').flatMap(
      (each) => get(each, 'podAffinityTerm') ?? [],
    ),
  ];
  return terms.some(
    (term) => KEYS.includes(text(term, 'topologyKey') ?? '') && selects(get(term, 'labelSelector'), labels),
  );
}
