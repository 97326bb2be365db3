import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function objects(plan: Plan): Row {
  const all = own(plan, 'tempo');
  return {
    title: 'Object storage',
    tiles: [
      graph(
        'Requests to the bucket, by status',
        'reqps',
        [
          promql(
            `sum by (operation, status_code) (rate(tempodb_backend_request_duration_seconds_count{${all}}[$__rate_interval]))`,
            '{{operation}} {{status_code}}',
          ),
        ],
        { width: 12, stacked: true, runbook: 'object-storage-refusing' },
      ),
      graph(
        'How long requests take, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (operation, le) (rate(tempodb_backend_request_duration_seconds_bucket{${all}}[$__rate_interval])))`,
            '{{operation}}',
          ),
        ],
        { width: 12, thresholds: [{ at: 5, color: 'orange' }], runbook: 'object-storage-slow' },
      ),
    ],
  };
}
