import { ringsOf } from '../../view/rings.ts';
import { zonesOf } from '../../view/zones.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-zone',
    family: 'rings',
    severity: 'error',
    description: 'A member of a zone-aware ring does not say which zone it is in.',
    why: 'It counts as a zone of its own without a name, together with all others that say nothing: copies that should be apart are not, or the member does not start.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-zone-aware-replication/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      const members = zonesOf(ring);
      // Owners of partitions are in zones as soon as one says so.
      if (!ring.zoneAware || (ring.partitioned && members.every(({ zone }) => zone === ''))) continue;
      for (const { zone, place, program } of members) {
        if (zone !== '') continue;
        yield {
          place,
          message: `\`${program.workload.name}\` is in no zone, but the ring of ${ring.name} is zone-aware`,
          help: 'set the variable, or the setting, that names its zone',
        };
      }
    }
  },
};
