import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { requestTiles } from '../../../rows/requests.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function reads(plan: Plan): Row {
  const frontend = own(plan, 'mimir', 'query-frontend');
  const scheduler = own(plan, 'mimir', 'query-scheduler');
  const querier = own(plan, 'mimir', 'querier');
  return {
    title: 'Read path',
    tiles: [
      ...requestTiles({
        what: 'Queries',
        histogram: 'cortex_request_duration_seconds',
        selector: `${frontend}, route=~"prometheus_api_v1_.+"`,
        slowSeconds: 10,
        runbook: 'queries-failing',
      }),
      graph(
        'Queries waiting, by tenant',
        'short',
        [promql(`sum by (user) (cortex_query_scheduler_queue_length{${scheduler}})`, '{{user}}')],
        { runbook: 'query-queue-full' },
      ),
      graph(
        'How long queries wait, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (user, le) (rate(cortex_query_scheduler_queue_duration_seconds_bucket{${scheduler}}[$__rate_interval])))`,
            '{{user}}',
          ),
        ],
        { description: 'Queriers are too few, or busy with something large.', runbook: 'queries-slow' },
      ),
      graph(
        'Blocks not found where they should be',
        'cps',
        [
          promql(
            `sum(rate(cortex_querier_blocks_consistency_checks_failed_total{${querier}}[$__rate_interval]))`,
            'queries',
          ),
        ],
        {
          description: 'A query that misses a block fails, rather than answering with less.',
          runbook: 'bucket-index-stale',
        },
      ),
    ],
  };
}
