import { graph } from '../panels/graph.ts';
import { promql } from '../queries.ts';
import type { Row } from '../types.ts';

/** Requests to object storage, as the client that Loki and Mimir share counts them. */
export function objectsRow(prefix: 'loki_objstore_bucket' | 'thanos_objstore_bucket', selector: string): Row {
  const failures = `sum by (operation) (rate(${prefix}_operation_failures_total{${selector}}[$__rate_interval]))`;
  const all = `sum by (operation) (rate(${prefix}_operations_total{${selector}}[$__rate_interval]))`;
  return {
    title: 'Object storage',
    tiles: [
      graph('Requests to the bucket', 'reqps', [promql(all, '{{operation}}')], { stacked: true }),
      graph('Requests that failed', 'reqps', [promql(`${failures} > 0`, '{{operation}}')], {
        description: 'Nothing is lost while writes are tried again, but what waits stays on volumes.',
        runbook: 'object-storage-refusing',
      }),
      graph(
        'How long requests take, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (operation, le) (rate(${prefix}_operation_duration_seconds_bucket{${selector}}[$__rate_interval])))`,
            '{{operation}}',
          ),
        ],
        { thresholds: [{ at: 5, color: 'orange' }], runbook: 'object-storage-slow' },
      ),
    ],
  };
}
