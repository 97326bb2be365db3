import { ringsOf } from '../../view/rings.ts';
import { zonesOf } from '../../view/zones.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'mismatched-zone',
    family: 'rings',
    severity: 'error',
    description: 'A member joins its ring in another zone than its pods are labelled with.',
    why: 'What rolls, and what is evicted, goes by the label; the ring goes by what the member says: two copies of the same data are then away together.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-zone-aware-replication/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      if (!ring.zoneAware) continue;
      for (const { zone, place, program } of zonesOf(ring)) {
        const label = program.workload.labels['zone'];
        if (zone === undefined || zone === '' || label === undefined || label === zone) continue;
        yield {
          place,
          message: `\`${program.workload.name}\` joins its ring in \`${zone}\`, but its pods are labelled \`zone: ${label}\``,
          label: `\`${label}\` by the label`,
          help: 'let both name the same zone',
        };
      }
    }
  },
};
