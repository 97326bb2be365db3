import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { now, promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function compaction(plan: Plan): Row {
  const compactor = own(plan, 'mimir', 'compactor');
  const storeGateway = own(plan, 'mimir', 'store-gateway');
  const days = String(Math.round((plan.mimir?.retentionSeconds ?? 0) / 86_400));
  const since = (metric: string, selector: string): string => `time() - max(${metric}{${selector}} > 0)`;
  return {
    title: 'Compaction and retention',
    tiles: [
      stat(
        'Since blocks were compacted',
        's',
        [now(since('cortex_compactor_last_successful_run_timestamp_seconds', compactor))],
        {
          width: 6,
          description: 'A run an hour. After a day of failing, queries get slow; nothing is lost.',
          thresholds: [{ at: 86_400, color: 'red' }],
          runbook: 'compactor-stuck',
        },
      ),
      stat(
        'Since old blocks were deleted',
        's',
        [now(since('cortex_compactor_block_cleanup_last_successful_run_timestamp_seconds', compactor))],
        {
          width: 6,
          description: `Samples are kept for ${days} days, unless a tenant says otherwise. The same run writes the bucket index.`,
          thresholds: [{ at: 21_600, color: 'red' }],
          runbook: 'retention-not-applied',
        },
      ),
      stat(
        'Since store-gateways looked for blocks',
        's',
        [now(since('cortex_bucket_stores_blocks_last_successful_sync_timestamp_seconds', storeGateway))],
        {
          width: 6,
          description: 'Every quarter of an hour.',
          thresholds: [{ at: 3600, color: 'red' }],
          runbook: 'bucket-index-stale',
        },
      ),
      stat('Blocks loaded', 'short', [now(`sum(cortex_bucket_store_blocks_loaded{${storeGateway}})`)], {
        width: 6,
        description: 'By all store-gateways together, so each block once for each copy.',
      }),
      graph(
        'Compactions and failures',
        'cps',
        [
          promql(`sum(rate(cortex_compactor_group_compactions_total{${compactor}}[$__rate_interval]))`, 'compactions'),
          promql(
            `sum(rate(cortex_compactor_group_compactions_failures_total{${compactor}}[$__rate_interval]))`,
            'failed',
          ),
          promql(
            `sum(rate(cortex_compactor_block_cleanup_failures_total{${compactor}}[$__rate_interval]))`,
            'deletions failed',
          ),
        ],
        { width: 12, runbook: 'compactor-stuck' },
      ),
      graph(
        'Blocks marked for deletion',
        'cps',
        [
          promql(
            `sum by (reason) (rate(cortex_compactor_blocks_marked_for_deletion_total{${compactor}}[$__rate_interval]))`,
            '{{reason}}',
          ),
        ],
        { width: 12, description: '`retention` is what the spec asks for; `compaction` is what was made larger.' },
      ),
    ],
  };
}
