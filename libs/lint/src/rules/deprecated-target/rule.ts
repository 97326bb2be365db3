import type { Rule } from '../../types.ts';
import { flag } from '../../view/program.ts';
import { TARGETS } from '../../view/releases/targets.ts';
import { STORES } from '../../view/stores.ts';
import { shown, titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'deprecated-target',
    family: 'releases',
    severity: 'warning',
    description: 'A store runs in a mode that its next major version does not have.',
    why: 'Loki 4 fails to start as `read`, `write` or `backend`; to move is a migration, not an upgrade.',
    source: 'https://grafana.com/docs/loki/latest/setup/upgrade/',
  },
  *cluster(cluster) {
    for (const store of STORES) {
      for (const program of cluster.programsOf(store)) {
        const set = flag(program, 'target');
        const instead = TARGETS[store].going[shown(set?.value)];
        if (set === undefined || instead === undefined) continue;
        yield {
          place: set.place,
          message: `the next major version of ${titleOf(store)} has no target \`${shown(set.value)}\``,
          help: instead,
        };
      }
    }
  },
};
