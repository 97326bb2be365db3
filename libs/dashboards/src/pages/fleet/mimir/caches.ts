import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function caches(plan: Plan): readonly Row[] {
  if ((plan.mimir?.caches.length ?? 0) === 0) return [];
  const all = own(plan, 'mimir');
  return [
    {
      title: 'Caches',
      tiles: [
        graph(
          'Found in the cache',
          'percentunit',
          [
            promql(
              `sum by (name) (rate(thanos_cache_hits_total{${all}}[$__rate_interval])) / sum by (name) (rate(thanos_cache_requests_total{${all}}[$__rate_interval]))`,
              '{{name}}',
            ),
          ],
          { max: 1, runbook: 'cache-evicting' },
        ),
        graph(
          'Operations that failed',
          'cps',
          [
            promql(
              `sum by (name, reason) (rate(thanos_cache_operation_failures_total{${all}}[$__rate_interval]))`,
              '{{name}} {{reason}}',
            ),
          ],
          { runbook: 'cache-down' },
        ),
        graph(
          'How long operations take, 99 of 100',
          's',
          [
            promql(
              `histogram_quantile(0.99, sum by (name, le) (rate(thanos_cache_operation_duration_seconds_bucket{${all}}[$__rate_interval])))`,
              '{{name}}',
            ),
          ],
          { runbook: 'cache-down' },
        ),
      ],
    },
  ];
}
