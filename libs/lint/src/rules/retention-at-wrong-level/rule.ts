import { get, type Path } from '@lgtm-fleet/manifests';
import { formatDays } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { storeConfigs, type StoreName } from '../../view/stores.ts';

interface WrongLevel {
  readonly store: StoreName;
  readonly path: Path;
  /** Where it belongs. */
  readonly right: string;
  /** A time up to which the key is no mistake: it has a meaning of its own. */
  readonly harmless?: number;
  readonly what: string;
}

// Keys at which people set a retention and which the pinned versions refuse, ignore or take for something else.
const WRONG: readonly WrongLevel[] = [
  {
    store: 'loki',
    path: ['table_manager', 'retention_period'],
    right: 'limits_config.retention_period',
    what: 'is for tables of stores that are gone',
  },
  {
    store: 'loki',
    path: ['compactor', 'retention_period'],
    right: 'limits_config.retention_period',
    what: 'does not exist, and Loki does not start with it',
  },
  {
    store: 'mimir',
    path: ['blocks_storage', 'tsdb', 'retention_period'],
    right: 'limits.compactor_blocks_retention_period',
    harmless: 3 * 86_400,
    what: 'is how long ingesters keep blocks on their own disk',
  },
  {
    store: 'mimir',
    path: ['compactor', 'blocks_retention_period'],
    right: 'limits.compactor_blocks_retention_period',
    what: 'does not exist, and Mimir does not start with it',
  },
  {
    store: 'tempo',
    path: ['backend_scheduler', 'provider', 'retention', 'block_retention'],
    right: 'backend_scheduler.provider.compaction.compaction.block_retention',
    what: 'does not exist, and Tempo does not start with it',
  },
];

export const rule: Rule = {
  meta: {
    id: 'retention-at-wrong-level',
    family: 'storage',
    severity: 'error',
    description: 'A retention is set at a key that is no retention of the store.',
    why: 'It looks right in a review, and the data are kept for another time, or the store does not start.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  },
  *cluster(cluster) {
    for (const { store, path, right, what, harmless } of WRONG) {
      for (const { config, at } of storeConfigs(cluster, store)) {
        const value = get(config.value, ...path);
        const seconds = secondsOf(value);
        if (value === undefined || seconds === 0 || (seconds ?? 0) <= (harmless ?? -1)) continue;
        const shown = seconds === undefined ? '' : ` (\`${formatDays(seconds)}\`)`;
        yield {
          place: at(...path),
          message: `\`${path.join('.')}\`${shown} ${what}`,
          help: `set \`${right}\``,
        };
      }
    }
  },
};
