import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function caches(plan: Plan): readonly Row[] {
  if ((plan.loki?.caches.length ?? 0) === 0) return [];
  const all = own(plan, 'loki');
  return [
    {
      title: 'Caches',
      tiles: [
        graph(
          'Found in the cache',
          'percentunit',
          [
            promql(
              `sum by (name) (rate(loki_cache_hits{${all}}[$__rate_interval])) / sum by (name) (rate(loki_cache_fetched_keys{${all}}[$__rate_interval]))`,
              '{{name}}',
            ),
          ],
          { width: 12, max: 1, runbook: 'cache-evicting' },
        ),
        graph(
          'Requests to memcached, by status',
          'reqps',
          [
            promql(
              `sum by (method, status_code) (rate(loki_memcache_request_duration_seconds_count{${all}}[$__rate_interval]))`,
              '{{method}} {{status_code}}',
            ),
          ],
          { width: 12, runbook: 'cache-down' },
        ),
      ],
    },
  ];
}
