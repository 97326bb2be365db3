import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { requestTiles } from '../../../rows/requests.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function reads(plan: Plan): Row {
  const frontend = own(plan, 'loki', 'query-frontend');
  const scheduler = own(plan, 'loki', 'query-scheduler');
  return {
    title: 'Read path',
    tiles: [
      ...requestTiles({
        what: 'Queries',
        histogram: 'loki_request_duration_seconds',
        selector: `${frontend}, route=~"loki_api_v1_(?:query|query_range|labels?|label_name_values|series|index_.+|patterns)"`,
        slowSeconds: 10,
        runbook: 'queries-failing',
      }),
      graph(
        'Queries waiting',
        'short',
        [promql(`sum by (user) (loki_query_scheduler_queue_length{${scheduler}})`, '{{user}}')],
        { runbook: 'query-queue-full' },
      ),
      graph(
        'How long queries wait',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (le) (rate(loki_query_scheduler_queue_duration_seconds_bucket{${scheduler}}[$__rate_interval])))`,
            '99 of 100',
          ),
        ],
        { description: 'Queriers are too few, or busy with something large.', runbook: 'queries-slow' },
      ),
      graph(
        'Bytes read for queries',
        'Bps',
        [
          promql(
            `sum by (type) (rate(loki_logql_querystats_bytes_processed_per_seconds_sum{${frontend}}[$__rate_interval]))`,
            '{{type}}',
          ),
        ],
        { description: 'Summed over queries: how much they read each second of their own time.' },
      ),
    ],
  };
}
