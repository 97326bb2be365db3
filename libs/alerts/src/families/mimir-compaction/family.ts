import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/** What becomes of Mimir's blocks in the bucket: they are joined, listed in an index, and deleted when they are old. */
export const mimirCompaction: RuleFamily = {
  name: 'mimir-compaction',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    plan.mimir === undefined
      ? []
      : [
          { name: 'mimir-compaction', rules: compaction(plan) },
          { name: 'mimir-cleanup', rules: cleanup(plan) },
        ],
};

function compaction(plan: Plan): readonly Alert[] {
  const compactor = jobs(plan, 'mimir', 'compactor');
  const lastSuccess = `cortex_compactor_last_successful_run_timestamp_seconds{${compactor}}`;
  return [
    {
      alert: 'MimirCompactorNotSuccessful',
      // It runs every hour; after a day, queries over the last days read hundreds of small blocks.
      expr: `max by (cluster, pod) (time() - (${lastSuccess} > 0)) > 86400`,
      for: '15m',
      severity: 'critical',
      summary: 'Mimir: the compactor {{ $labels.pod }} of {{ $labels.cluster }} has had no success for a day',
      description:
        'Blocks of two hours are not joined, and copies of one sample stay beside each other. Queries over days get slower, store-gateways larger, and the bucket grows.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'MimirCompactorNeverSuccessful',
      // After each start it knows of no success, and says 0. The first run after days without any takes hours.
      expr: `max by (cluster, pod) (${lastSuccess}) == 0`,
      for: '12h',
      severity: 'critical',
      summary: 'Mimir: the compactor {{ $labels.pod }} of {{ $labels.cluster }} has had no success since it started',
      description:
        'It has had half a day for its first run. Blocks of two hours are not joined: queries over days get slower, store-gateways larger, and the bucket grows.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'MimirCompactorRunsFailing',
      // Hourly runs: one may meet a bucket that is away for a moment.
      expr: `sum by (cluster, pod) (increase(cortex_compactor_runs_failed_total{${compactor}, reason!="shutdown"}[4h])) >= 2`,
      for: '5m',
      severity: 'warning',
      summary: 'Mimir: runs of the compactor {{ $labels.pod }} of {{ $labels.cluster }} fail',
      description:
        'At least two runs of the last four hours have failed. Nobody notices yet; in a day queries get slower.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'MimirBlocksSkipped',
      expr: `sum by (cluster, reason) (increase(cortex_compactor_blocks_marked_for_no_compaction_total{${compactor}}[1d])) > 0`,
      for: '0m',
      severity: 'warning',
      summary: 'Mimir: the compactor of {{ $labels.cluster }} leaves out blocks: {{ $labels.reason }}',
      description:
        'A block cannot be joined with others and is left out from now on. It is still queried as it is; it may be damaged.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'MimirCompactorDiskFull',
      expr: `sum by (cluster, pod) (increase(cortex_compactor_disk_out_of_space_errors_total{${compactor}}[2h])) > 0`,
      for: '0m',
      severity: 'critical',
      summary: 'Mimir: the disk of the compactor {{ $labels.pod }} of {{ $labels.cluster }} is full',
      description:
        'The blocks that it joins do not fit onto its volume, and it will fail on them each time. Nothing of that tenant is joined until the volume grows.',
      runbook: 'volume-filling',
    },
  ];
}

function cleanup(plan: Plan): readonly Alert[] {
  const compactor = jobs(plan, 'mimir', 'compactor');
  return [
    {
      alert: 'MimirBucketIndexOld',
      // Queriers refuse an index that is older than an hour; it is written every quarter of an hour.
      expr: `time() - max by (cluster, user) (cortex_bucket_index_last_successful_update_timestamp_seconds{${compactor}}) > 2700`,
      for: '5m',
      severity: 'critical',
      summary:
        'Mimir: the bucket index of {{ $labels.user }} in {{ $labels.cluster }} is {{ $value | humanizeDuration }} old',
      description:
        'The list of the blocks of this tenant is not written any more. When it is an hour old, queries over more than half a day fail.',
      runbook: 'bucket-index-stale',
    },
    {
      alert: 'MimirBlocksCleanupFailing',
      // Every quarter of an hour; two hours are eight that failed.
      expr: `time() - max by (cluster) (cortex_compactor_block_cleanup_last_successful_run_timestamp_seconds{${compactor}}) > 7200`,
      for: '1h',
      severity: 'warning',
      summary: 'Mimir: blocks of {{ $labels.cluster }} have not been cleaned up for {{ $value | humanizeDuration }}',
      description:
        'Nothing is marked or deleted: the retention of every tenant is not applied, and blocks that were joined stay beside what was made of them. The bucket grows.',
      runbook: 'retention-not-applied',
    },
    {
      alert: 'MimirMarkedBlocksNotDeleted',
      // What is marked is deleted after twelve hours, so after two days something of it must have gone.
      expr: `sum by (cluster) (min_over_time(cortex_bucket_blocks_marked_for_deletion_count{${compactor}}[2d])) > 0 and sum by (cluster) (increase(cortex_compactor_blocks_cleaned_total{${compactor}}[2d])) == 0`,
      for: '1h',
      severity: 'warning',
      summary: 'Mimir: {{ $value }} blocks of {{ $labels.cluster }} are marked for deletion, and none is deleted',
      description:
        'Blocks past their retention, or joined into others, have been marked for two days and are still there. The bucket may refuse to delete: a missing right, a lock, a hold.',
      runbook: 'retention-not-applied',
    },
  ];
}
