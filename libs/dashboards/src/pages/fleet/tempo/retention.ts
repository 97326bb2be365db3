import { formatDays } from '@lgtm-fleet/units';
import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { now, promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function retention(plan: Plan): Row {
  const worker = own(plan, 'tempo', 'backend-worker');
  const all = own(plan, 'tempo');
  return {
    title: 'Compaction and retention',
    tiles: [
      graph(
        'Blocks, by tenant',
        'short',
        [promql(`max by (tenant) (tempodb_blocklist_length{${all}})`, '{{tenant}}')],
        {
          description: `Traces are kept for ${formatDays(plan.tempo?.retentionSeconds ?? 0)}. More blocks make searches slower.`,
          runbook: 'compactor-stuck',
        },
      ),
      graph(
        'Blocks deleted',
        'cps',
        [
          promql(`sum(rate(tempodb_retention_marked_for_deletion_total{${worker}}[$__rate_interval]))`, 'marked'),
          promql(`sum(rate(tempodb_retention_deleted_total{${worker}}[$__rate_interval]))`, 'deleted'),
          promql(`sum(rate(tempodb_retention_errors_total{${worker}}[$__rate_interval]))`, 'failed'),
        ],
        { runbook: 'retention-not-applied' },
      ),
      graph(
        'Compactions',
        'cps',
        [
          promql(`sum(rate(tempodb_compaction_blocks_total{${worker}}[$__rate_interval]))`, 'blocks compacted'),
          promql(`sum(rate(tempodb_compaction_errors_total{${worker}}[$__rate_interval]))`, 'failed'),
        ],
        { runbook: 'compactor-stuck' },
      ),
      stat(
        'Index of blocks: age',
        's',
        [now(`max by (tenant) (tempodb_blocklist_tenant_index_age_seconds{${all}})`, '{{tenant}}')],
        {
          width: 24,
          description:
            'Who answers queries reads it instead of listing the bucket; what is newer than it is in the live-stores.',
          thresholds: [{ at: 900, color: 'red' }],
          runbook: 'bucket-index-stale',
        },
      ),
    ],
  };
}
