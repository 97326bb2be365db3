import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** What ingesters keep on their disks until it is a block in the bucket. */
export function ingesters(plan: Plan): readonly Alert[] {
  const ingester = jobs(plan, 'mimir', 'ingester');
  const failed = (...counters: readonly string[]) =>
    counters
      .map((counter) => `sum by (cluster, pod) (increase(cortex_ingester_tsdb_${counter}{${ingester}}[15m])) > 0`)
      .join(' or ');
  return [
    {
      alert: 'MimirWalWritesFailing',
      expr: failed('wal_writes_failed_total', 'wal_corruptions_total'),
      // No wait: what is not in the log is lost with the pod.
      for: '0m',
      severity: 'critical',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} cannot write its log',
      description:
        'The write-ahead log of the ingester fails or is damaged, most often because its disk is full. Samples since then live in its memory only.',
      runbook: 'wal-disk-full',
    },
    {
      alert: 'MimirHeadFailing',
      expr: failed(
        'head_truncations_failed_total',
        'wal_truncations_failed_total',
        'checkpoint_creations_failed_total',
        'checkpoint_deletions_failed_total',
        'compactions_failed_total',
      ),
      for: '5m',
      severity: 'critical',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} cannot make blocks of what it holds',
      description:
        'The head of a tenant is not cut, or its log not shortened. Memory and disk of the ingester grow until it stops, and its restart takes ever longer.',
      runbook: 'wal-disk-full',
    },
    {
      alert: 'MimirBlocksNotUploaded',
      // A block is uploaded within a minute after it was made.
      expr: `max by (cluster, pod) (time() - (cortex_ingester_oldest_unshipped_block_timestamp_seconds{${ingester}} > 0)) > 3600`,
      for: '15m',
      severity: 'critical',
      summary:
        'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} has not uploaded a block for {{ $value | humanizeDuration }}',
      description:
        'Blocks of the ingester do not reach the bucket. They are safe on its disk while that lasts; past half a day, queries no longer ask the ingester for them.',
      runbook: 'object-storage-refusing',
    },
  ];
}
