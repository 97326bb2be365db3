import { get, type Path } from '@lgtm-fleet/manifests';
import { formatDuration } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { storeConfigs, type StoreName } from '../../view/stores.ts';
import { titleOf } from '../../view/titles.ts';

interface Window {
  readonly store: StoreName;
  /** From this age on, queries are answered from the bucket; and the default. */
  readonly from: readonly [Path, string];
  /** Up to this age those who take writes still have, or are asked for, the data; and the default. */
  readonly until: readonly [Path, string];
  readonly who: string;
}

const WINDOWS: readonly Window[] = [
  {
    store: 'mimir',
    from: [['querier', 'query_store_after'], '12h'],
    until: [['limits', 'query_ingesters_within'], '13h'],
    who: 'ingesters are asked about',
  },
  {
    store: 'mimir',
    from: [['querier', 'query_store_after'], '12h'],
    until: [['blocks_storage', 'tsdb', 'retention_period'], '13h'],
    who: 'ingesters keep blocks of',
  },
  {
    store: 'tempo',
    from: [['query_frontend', 'search', 'query_backend_after'], '15m'],
    until: [['live_store', 'complete_block_timeout'], '20m'],
    who: 'live-stores keep blocks of',
  },
  {
    store: 'tempo',
    from: [['query_frontend', 'metrics', 'query_backend_after'], '15m'],
    until: [['live_store', 'complete_block_timeout'], '20m'],
    who: 'live-stores keep blocks of',
  },
];

export const rule: Rule = {
  meta: {
    id: 'query-window-gap',
    family: 'storage',
    severity: 'error',
    description: 'There is an age at which neither those who take writes nor the bucket are asked for data.',
    why: 'Every graph has a hole at that age, and it fills by itself hours later: nobody believes it, and nobody finds it.',
    source: 'https://grafana.com/docs/mimir/latest/references/architecture/components/querier/',
  },
  *cluster(cluster) {
    for (const { store, from, until, who } of WINDOWS) {
      for (const { config, at } of storeConfigs(cluster, store)) {
        const [fromPath, fromDefault] = from;
        const [untilPath, untilDefault] = until;
        const start = secondsOf(get(config.value, ...fromPath) ?? fromDefault);
        const end = secondsOf(get(config.value, ...untilPath) ?? untilDefault);
        // 0 asks both, always.
        if (start === undefined || end === undefined || start === 0 || end === 0 || start < end) continue;
        const place = get(config.value, ...untilPath) === undefined ? fromPath : untilPath;
        yield {
          place: at(...place),
          message: `${titleOf(store)}'s ${who} the last \`${formatDuration(end)}\`, but the bucket is asked about nothing younger than \`${formatDuration(start)}\``,
          help: `keep \`${fromPath.join('.')}\` below \`${untilPath.join('.')}\``,
        };
      }
    }
  },
};
