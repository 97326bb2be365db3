import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { lokiSchemas } from '../../view/schema-periods.ts';

const DAY = 86_400;

export const rule: Rule = {
  meta: {
    id: 'schema-period-not-daily',
    family: 'storage',
    severity: 'error',
    description: 'An index of Loki has no daily tables.',
    why: 'Retention works on tables of one day only; with tsdb Loki does not even start.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/retention/',
  },
  *cluster(cluster) {
    for (const { periods } of lokiSchemas(cluster)) {
      for (const { indexPeriod, from, place } of periods) {
        if (secondsOf(indexPeriod) === DAY) continue;
        yield {
          place: place('index', 'period'),
          message:
            indexPeriod === undefined
              ? `the index from \`${from}\` on has no \`period\`, and so no daily tables`
              : `the index from \`${from}\` on has tables of \`${indexPeriod}\``,
          help: 'set `period: 24h` before the first line is stored; a period that has begun cannot change',
          ...(indexPeriod !== undefined && { remedy: { safe: false, value: '24h' } }),
        };
      }
    }
  },
};
