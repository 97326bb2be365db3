import { get } from '@lgtm-fleet/manifests';
import { formatDays } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { storeConfigs } from '../../view/stores.ts';
import { titleOf } from '../../view/titles.ts';

/** How far back a query may look, beside how long there is something to see. */
const KEYS = {
  loki: [
    ['limits_config', 'max_query_lookback'],
    ['limits_config', 'retention_period'],
  ],
  mimir: [
    ['limits', 'max_query_lookback'],
    ['limits', 'compactor_blocks_retention_period'],
  ],
} as const;

export const rule: Rule = {
  meta: {
    id: 'query-lookback-hides-data',
    family: 'storage',
    severity: 'warning',
    description: 'Queries may not look back as far as data are kept.',
    why: 'What is older is stored and paid for, and every query answers as if it were not there, without an error.',
    source: 'https://grafana.com/docs/loki/latest/configure/#limits_config',
  },
  *cluster(cluster) {
    for (const { store, config, at } of storeConfigs(cluster)) {
      if (store === 'tempo') continue;
      const [lookback, retention] = KEYS[store];
      const seen = secondsOf(get(config.value, ...lookback)) ?? 0;
      const kept = secondsOf(get(config.value, ...retention)) ?? 0;
      if (seen === 0 || kept === 0 || seen >= kept) continue;
      yield {
        place: at(...lookback),
        message: `queries look back \`${formatDays(seen)}\`, but ${titleOf(store)} keeps data for \`${formatDays(kept)}\``,
        label: `the older ${formatDays(kept - seen)} cannot be seen`,
        help: `remove \`${lookback.join('.')}\`, or shorten the retention to it`,
      };
    }
  },
};
