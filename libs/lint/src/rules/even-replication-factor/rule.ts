import type { Rule } from '../../types.ts';
import { ringsOf } from '../../view/rings.ts';

export const rule: Rule = {
  meta: {
    id: 'even-replication-factor',
    family: 'rings',
    severity: 'warning',
    description: 'A ring that needs a majority of its copies keeps an even number of them.',
    why: 'Of two copies both must be there, so two members fail twice as often as one; the last copy of an even number costs as much as the others and adds no safety.',
    source: 'https://grafana.com/docs/loki/latest/get-started/deployment-modes/',
  },
  *cluster(cluster) {
    for (const { name, replicationFactor: copies, quorum, place } of ringsOf(cluster)) {
      if (!quorum || place === undefined || copies % 2 !== 0) continue;
      const needed = copies / 2 + 1;
      yield {
        place,
        message: `${name} keep ${String(copies)} copies, and each write needs ${String(needed)} of them`,
        label: `${String(copies - 1)} would be as safe`,
        help: 'keep three copies, or one',
      };
    }
  },
};
