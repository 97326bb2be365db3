import { inManifest } from '../../place.ts';
import { ringsOf } from '../../view/rings.ts';
import { pinnedZones, zonesOf } from '../../view/zones.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'shared-topology-zone',
    family: 'rings',
    severity: 'error',
    description: 'Two zones of a ring run in the same zone of the cluster.',
    why: 'The ring believes that its copies are in different places; the failure of one place takes two of them, and writes and recent data with them.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-zone-aware-replication/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      if (!ring.zoneAware) continue;
      const taken = new Map<string, string>();
      for (const { zone, program } of zonesOf(ring)) {
        if (zone === undefined || zone === '') continue;
        for (const { zone: topologyZone, path } of pinnedZones(program.workload)) {
          const other: string = taken.get(topologyZone) ?? zone;
          taken.set(topologyZone, other);
          if (other === zone) continue;
          yield {
            place: inManifest(program.workload.manifest, ...path),
            message: `\`${zone}\` and \`${other}\` of ${ring.name} both run in \`${topologyZone}\``,
            label: `\`${other}\` is here already`,
            help: 'pin every zone of the ring to a zone of its own',
          };
        }
      }
    }
  },
};
