import type { Rule } from '../../types.ts';
import { changedKeys } from '../../view/releases/changed-keys.ts';
import { SOURCES } from '../../view/releases/key-changes.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'removed-config-key',
    family: 'releases',
    severity: 'error',
    description: 'A configuration file has a key that the version which runs no longer knows.',
    why: 'Loki, Mimir and Tempo refuse to start with a key that they do not know, and Kafka forgets the setting.',
    source: 'https://grafana.com/docs/loki/latest/setup/upgrade/',
  },
  *cluster(cluster) {
    for (const { change, program, key, place } of changedKeys(cluster, true)) {
      yield {
        place,
        message: `\`${key}\` is no key of ${titleOf(program.name)} ${program.version} any more`,
        label: change.goneIn === undefined ? 'gone' : `gone in ${change.goneIn}`,
        help: `${change.instead} (${SOURCES[change.program] ?? ''})`,
      };
    }
  },
};
