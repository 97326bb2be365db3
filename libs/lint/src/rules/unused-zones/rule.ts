import { inConfig } from '../../place.ts';
import { ringsOf, settingOf } from '../../view/rings.ts';
import { membersByZone } from '../../view/zones.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unused-zones',
    family: 'rings',
    severity: 'warning',
    description: 'Members of a ring are in zones, but copies are put without regard to them.',
    why: 'All copies of a piece of data may lie in one zone, and then its failure loses them; and a rollout zone by zone takes several copies away at once.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-zone-aware-replication/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      const zones = membersByZone(ring);
      const [first] = ring.programs;
      const [path] = ring.zones.awareness.paths;
      if (ring.zoneAware || zones === undefined || first?.config === undefined || path === undefined) continue;
      if (zones.has('') || zones.size < Math.max(2, ring.replicationFactor)) continue;
      const names = [...zones.keys()].map((zone) => `\`${zone}\``).join(', ');
      yield {
        place: settingOf(first, ring.zones.awareness)?.place ?? inConfig(first.config, ...path),
        message: `${ring.name} are in ${names}, but their ring is not zone-aware`,
        help: `set \`${path.join('.')}: true\``,
        derivedFrom: ['spec', 'kubernetes', 'zones'],
        // On a running ring this moves every series: it is a migration.
        remedy: { safe: false, value: true },
      };
    }
  },
};
