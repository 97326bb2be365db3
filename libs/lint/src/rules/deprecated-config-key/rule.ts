import type { Rule } from '../../types.ts';
import { changedKeys } from '../../view/releases/changed-keys.ts';

export const rule: Rule = {
  meta: {
    id: 'deprecated-config-key',
    family: 'releases',
    severity: 'warning',
    description: 'A configuration file has a key that a later version will refuse, or that has no effect any more.',
    why: 'The upgrade that somebody makes in a hurry then ends with a store that does not start.',
    source: 'https://grafana.com/docs/loki/latest/setup/upgrade/',
  },
  *cluster(cluster) {
    for (const { change, program, key, place } of changedKeys(cluster, false)) {
      yield {
        place,
        message: `\`${key}\` is deprecated in ${program.name} ${program.version}`,
        label: change.goneIn === undefined ? 'has no effect any more' : `gone in ${change.goneIn}`,
        help: change.instead,
      };
    }
  },
};
