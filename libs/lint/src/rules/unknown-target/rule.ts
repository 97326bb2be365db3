import { nearest } from '@lgtm-fleet/diagnostics';
import type { Rule } from '../../types.ts';
import { flag } from '../../view/program.ts';
import { TARGETS } from '../../view/releases/targets.ts';
import { STORES } from '../../view/stores.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-target',
    family: 'releases',
    severity: 'error',
    description: 'A store is to run as something that its version is not.',
    why: 'It does not know what to start, and exits.',
    source: 'https://grafana.com/docs/tempo/latest/release-notes/v3-0/',
  },
  *cluster(cluster) {
    for (const store of STORES) {
      const { known, gone } = TARGETS[store];
      for (const program of cluster.programsOf(store)) {
        const set = flag(program, 'target');
        for (const target of String(set?.value ?? 'all').split(',')) {
          if (set === undefined || known.includes(target)) continue;
          const meant = nearest(target, known);
          const instead = gone[target];
          yield {
            place: set.place,
            message:
              instead === undefined
                ? `${store} knows no target \`${target}\``
                : `${store} ${program.version} has no target \`${target}\` any more`,
            help: instead ?? (meant === undefined ? 'name one of its targets' : `did you mean \`${meant}\`?`),
          };
        }
      }
    }
  },
};
