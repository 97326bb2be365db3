import type { Rule } from '../../types.ts';
import { changedKeys } from '../../view/releases/changed-keys.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'deprecated-config-key',
    family: 'releases',
    severity: 'warning',
    description: 'A configuration file has a key that a later version will refuse.',
    why: 'The upgrade that somebody makes in a hurry then ends with a store that does not start.',
    source: 'https://grafana.com/docs/loki/latest/setup/upgrade/',
  },
  *cluster(cluster) {
    for (const { change, program, key, place } of changedKeys(cluster, false)) {
      yield {
        place,
        message: `\`${key}\` is deprecated in ${titleOf(program.name)} ${program.version}`,
        label: change.goneIn === undefined ? 'to be removed' : `gone in ${change.goneIn}`,
        help: change.instead,
      };
    }
  },
};
