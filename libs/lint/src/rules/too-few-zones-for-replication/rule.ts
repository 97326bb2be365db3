import { membersByZone } from '../../view/zones.ts';
import { ringsOf, settingOf } from '../../view/rings.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'too-few-zones-for-replication',
    family: 'rings',
    severity: 'error',
    description: 'A zone-aware ring has members in fewer zones than it keeps copies.',
    why: 'Every copy goes to another zone, so some copy has no place: each write and each block has fewer copies than it should, and one zone away already stops them.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-zone-aware-replication/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      const [first] = ring.programs;
      const zones = membersByZone(ring);
      if (first === undefined || zones === undefined || !ring.zoneAware || ring.partitioned) continue;
      const place = settingOf(first, ring.zones.awareness)?.place;
      // A member without a zone is another rule's.
      if (place === undefined || zones.has('') || zones.size >= ring.replicationFactor) continue;
      const names = [...zones.keys()].map((zone) => `\`${zone}\``).join(', ');
      yield {
        place,
        message: `${ring.name} keep ${String(ring.replicationFactor)} copies, each in another zone, but are in ${names} only`,
        label: `needs ${String(ring.replicationFactor)} zones`,
        help: 'run members in as many zones as there are copies, or turn zone awareness off',
        derivedFrom: ['spec', 'kubernetes', 'zones'],
      };
    }
  },
};
