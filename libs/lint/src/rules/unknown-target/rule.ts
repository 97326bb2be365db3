import { nearest } from '@lgtm-fleet/diagnostics';
import type { Rule } from '../../types.ts';
import { flag } from '../../view/program.ts';
import { TARGETS } from '../../view/releases/targets.ts';
import { isSameMinor } from '../../view/releases/versions.ts';
import { STORES } from '../../view/stores.ts';
import { shown, titleOf } from '../../view/titles.ts';

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
        if (!isSameMinor(program.version, cluster.plan.releases[store].version)) continue;
        const set = flag(program, 'target');
        for (const target of shown(set?.value ?? 'all').split(',')) {
          if (set === undefined || known.includes(target)) continue;
          const meant = nearest(target, known);
          const instead = gone[target];
          yield {
            place: set.place,
            message:
              instead === undefined
                ? `${titleOf(store)} knows no target \`${target}\``
                : `${titleOf(store)} ${program.version} has no target \`${target}\` any more`,
            help: instead ?? (meant === undefined ? 'name one of its targets' : `did you mean \`${meant}\`?`),
          };
        }
      }
    }
  },
};
