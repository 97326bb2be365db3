import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { requestTiles } from '../../../rows/requests.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function reads(plan: Plan): Row {
  const frontend = own(plan, 'tempo', 'query-frontend');
  return {
    title: 'Read path',
    tiles: [
      ...requestTiles({
        what: 'Queries',
        histogram: 'tempo_request_duration_seconds',
        selector: `${frontend}, route=~"(?:tempo_)?api_(?:v2_)?(?:traces|search|metrics).*"`,
        slowSeconds: 10,
        runbook: 'queries-failing',
      }),
      graph(
        'Queries waiting, by tenant',
        'short',
        [promql(`sum by (user) (tempo_query_frontend_queue_length{${frontend}})`, '{{user}}')],
        {
          runbook: 'query-queue-full',
        },
      ),
      graph(
        'How long queries wait, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (le) (rate(tempo_query_frontend_queue_duration_seconds_bucket{${frontend}}[$__rate_interval])))`,
            '99 of 100',
          ),
        ],
        { runbook: 'queries-slow' },
      ),
      graph(
        'Bytes inspected, by tenant',
        'Bps',
        [
          promql(
            `sum by (tenant, op) (rate(tempo_query_frontend_bytes_inspected_total{${frontend}}[$__rate_interval]))`,
            '{{tenant}} {{op}}',
          ),
        ],
        { description: 'A search without a service reads everything of its time.' },
      ),
    ],
  };
}
