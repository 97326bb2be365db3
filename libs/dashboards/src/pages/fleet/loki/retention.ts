import type { Plan } from '@lgtm-fleet/plan';
import { stat } from '../../../panels/stat.ts';
import { now } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function retention(plan: Plan): Row {
  const compactor = own(plan, 'loki', 'compactor');
  const days = String(Math.round((plan.loki?.retentionSeconds ?? 0) / 86_400));
  return {
    title: 'Compaction and retention',
    tiles: [
      stat(
        'Since the index was compacted',
        's',
        [
          now(
            `time() - max(loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds{${compactor}} > 0)`,
          ),
        ],
        {
          width: 6,
          description: 'Every ten minutes.',
          thresholds: [{ at: 10_800, color: 'red' }],
          runbook: 'compactor-stuck',
        },
      ),
      stat(
        'Since retention was applied',
        's',
        [now(`time() - max(loki_compactor_apply_retention_last_successful_run_timestamp_seconds{${compactor}} > 0)`)],
        {
          width: 6,
          description: `Lines are kept for ${days} days, unless a tenant says otherwise.`,
          thresholds: [{ at: 86_400, color: 'red' }],
          runbook: 'retention-not-applied',
        },
      ),
      stat('Deletions asked for', 'short', [now(`max(loki_compactor_pending_delete_requests_count{${compactor}})`)], {
        width: 6,
      }),
      stat('Compactors at work', 'short', [now(`sum(loki_boltdb_shipper_compactor_running{${compactor}})`)], {
        width: 6,
        description: 'One: two would delete under each other.',
        thresholds: [
          { at: 0, color: 'red' },
          { at: 1, color: 'green' },
          { at: 2, color: 'red' },
        ],
      }),
    ],
  };
}
