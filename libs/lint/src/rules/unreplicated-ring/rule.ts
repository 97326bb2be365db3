import type { Rule } from '../../types.ts';
import { ringMembers, ringsOf } from '../../view/rings.ts';

export const rule: Rule = {
  meta: {
    id: 'unreplicated-ring',
    family: 'rings',
    severity: 'warning',
    description: 'Several ingesters share the data, and each piece is on one of them only.',
    why: 'While one restarts its part of the recent data cannot be read and writes for it fail; with a lost volume it is gone. More members make that more likely, not less.',
    source: 'https://grafana.com/docs/mimir/latest/references/architecture/components/ingester/',
  },
  *cluster(cluster) {
    for (const ring of ringsOf(cluster)) {
      const { name, quorum, place, replicationFactor } = ring;
      const members = ringMembers(ring);
      if (!quorum || place === undefined || replicationFactor !== 1 || members < 2) continue;
      yield {
        place,
        message: `${String(members)} of ${name} keep one copy of each piece of data between them`,
        label: '3 for three members and more',
        help: 'keep three copies, or run one member',
      };
    }
  },
};
