import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/**
 * How many series a tenant has. Each ingester is told its part of the limit, whatever the number of ingesters and
 * copies, so the fullest ingester is the one that refuses first.
 */
export function series(plan: Plan): readonly Alert[] {
  const ingester = jobs(plan, 'mimir', 'ingester');
  const here = (metric: string) => `sum by (cluster, pod, user) (${metric}{${ingester}})`;
  const inMemory = `${here('cortex_ingester_memory_series_created_total')} - ${here('cortex_ingester_memory_series_removed_total')}`;
  const limit = `max by (cluster, pod, user) (cortex_ingester_local_limits{${ingester}, limit="max_global_series_per_user"}) > 0`;
  return [
    {
      alert: 'MimirSeriesNearLimit',
      // What is left at nine tenths is one more rollout: for a while, old and new pods have series together.
      expr: `max by (cluster, user) ((${inMemory}) / (${limit})) > 0.9`,
      for: '30m',
      severity: 'warning',
      summary:
        'Mimir: {{ $labels.user }} has {{ $value | humanizePercentage }} of the series it may have in {{ $labels.cluster }}',
      description:
        'The tenant is near its limit of series. Past it, every new series is refused: those of new pods first, which are the ones that somebody looks for.',
      runbook: 'series-limit-reached',
    },
    {
      alert: 'MimirSeriesMultiply',
      // A restart of every ingester counts each series once more; twice is neither that nor a rollout of everything.
      expr: `sum by (cluster, user) (increase(cortex_ingester_memory_series_created_total{${ingester}}[1h])) > 2 * sum by (cluster, user) (${inMemory})`,
      for: '15m',
      severity: 'warning',
      summary:
        'Mimir: series of {{ $labels.user }} multiply in {{ $labels.cluster }}: {{ $value | humanize }} new in an hour',
      description:
        'In an hour the tenant made more than twice the series that it has. A label takes ever new values: an id, an address, a time. Ingesters run out of memory if it goes on.',
      runbook: 'cardinality-explosion',
    },
  ];
}
