import { listed, say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { holding, rings, zoneOf, type Ring } from '../../view/stateful.ts';

export const zoneRemoved: DangerClass = {
  meta: {
    id: 'zone-removed',
    danger: 'D14',
    effect: 'data-loss',
    blocks: true,
    description: 'A ring spans fewer zones than before.',
    why: 'With fewer zones than copies nothing can be written; the copies of the zone that goes are gone before others are made.',
    source: 'Mimir and Loki documentation, zone-aware replication',
  },
  *find({ before, after, changes }) {
    const now = new Map(rings(after.manifests).map((ring) => [ring.name, ring]));
    for (const ring of rings(before.manifests)) {
      const [was, is] = [zonesOf(ring), zonesOf(now.get(ring.name))];
      const [first] = ring.sets;
      if (is.length >= was.length || first === undefined) continue;
      const gone = was.filter((zone) => !is.includes(zone));
      yield {
        subject: ring.name,
        message: say`${ring.name} is in ${is.length} instead of ${was.length} zones: ${listed(gone)} goes`,
        consequence: say`its pods there hold ${holding(first)?.holds ?? words('a copy of the data')}; with fewer zones than copies (usually three) nothing can be written at all`,
        changes: changes.filter(({ before: old }) => old !== undefined && ring.sets.includes(old)),
      };
    }
  },
};

function zonesOf(ring: Ring | undefined): readonly string[] {
  return [...new Set((ring?.sets ?? []).flatMap((set) => zoneOf(set) ?? []))].toSorted();
}
