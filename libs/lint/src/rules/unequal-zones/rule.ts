import { inManifest } from '../../place.ts';
import { ringsOf } from '../../view/rings.ts';
import { membersByZone } from '../../view/zones.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unequal-zones',
    family: 'rings',
    severity: 'warning',
    description: 'The zones of a ring have different numbers of members.',
    why: 'Each zone holds one copy of everything, so the members of the smaller zone hold more each and fill up first; where members own partitions, some have no owner there.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-zone-aware-replication/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      const zones = membersByZone(ring);
      if (!ring.zoneAware || zones === undefined || zones.size < 2 || zones.has('')) continue;
      const counts = [...zones]
        .map(([zone, members]) => ({
          zone,
          workload: members[0]?.program.workload,
          count: members.reduce((sum, { program }) => sum + (program.workload.replicas ?? 0), 0),
        }))
        .toSorted((left, right) => left.count - right.count);
      const [least, most] = [counts[0], counts.at(-1)];
      if (least?.workload === undefined || most === undefined || least.count === most.count) continue;
      yield {
        place: inManifest(least.workload.manifest, 'spec', 'replicas'),
        message: `${ring.name}: \`${least.zone}\` has ${String(least.count)}, \`${most.zone}\` has ${String(most.count)}`,
        label: `${String(most.count)} in the other zone`,
        help: 'give every zone the same number of replicas',
      };
    }
  },
};
