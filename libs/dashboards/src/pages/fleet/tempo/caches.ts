import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function caches(plan: Plan): readonly Row[] {
  if ((plan.tempo?.caches.length ?? 0) === 0) return [];
  const all = own(plan, 'tempo');
  return [
    {
      title: 'Caches',
      tiles: [
        graph(
          'Requests to memcached, by status',
          'reqps',
          [
            promql(
              `sum by (method, status_code) (rate(tempo_memcache_request_duration_seconds_count{${all}}[$__rate_interval]))`,
              '{{method}} {{status_code}}',
            ),
          ],
          { width: 12, runbook: 'cache-down', description: 'Status 404 is what is not in the cache.' },
        ),
        graph(
          'Writes to the cache that were dropped',
          'cps',
          [
            promql(
              `sum by (name) (rate(tempo_cache_dropped_background_writes_total{${all}}[$__rate_interval]))`,
              '{{name}}',
            ),
          ],
          { width: 12, runbook: 'cache-evicting' },
        ),
      ],
    },
  ];
}
