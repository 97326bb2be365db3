import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Blocks on their way from the bucket to a query. */
export function reads(plan: Plan): readonly Alert[] {
  const gateway = jobs(plan, 'mimir', 'store-gateway');
  const querier = jobs(plan, 'mimir', 'querier', 'ruler');
  return [
    {
      alert: 'MimirStoreGatewayNotSynced',
      // It looks for new blocks every quarter of an hour: this is two that failed.
      expr: `max by (cluster, pod) (time() - (cortex_bucket_stores_blocks_last_successful_sync_timestamp_seconds{${gateway}, component="store-gateway"} > 0)) > 1800`,
      for: '5m',
      severity: 'critical',
      summary:
        'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} has not looked for blocks for {{ $value | humanizeDuration }}',
      description:
        'The store-gateway does not see new blocks. Queries that need them fail: Mimir would rather say nothing than leave something out.',
      runbook: 'queries-failing',
    },
    {
      alert: 'MimirBlocksNotLoaded',
      expr: `sum by (cluster, pod) (rate(cortex_bucket_store_block_load_failures_total{${gateway}, component="store-gateway"}[15m])) > 0`,
      for: '30m',
      severity: 'warning',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} cannot load blocks',
      description:
        'A store-gateway cannot read the index of a block that is its own: the bucket refuses, the disk is full, or the block is damaged. Queries over its time fail while no other copy is loaded.',
      runbook: 'queries-failing',
    },
    {
      alert: 'MimirBlocksMissingInQueries',
      // One in a hundred is what a rollout of the store-gateways makes.
      expr: `sum by (cluster) (rate(cortex_querier_blocks_consistency_checks_failed_total{${querier}}[5m])) / sum by (cluster) (rate(cortex_querier_blocks_consistency_checks_total{${querier}}[5m])) > 0.01`,
      for: '10m',
      severity: 'critical',
      summary: 'Mimir: {{ $value | humanizePercentage }} of queries of {{ $labels.cluster }} find blocks missing',
      description:
        'The bucket index names blocks that no store-gateway has loaded. Queries over more than half a day fail.',
      runbook: 'queries-failing',
    },
  ];
}
