import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Lines between their arrival and the bucket. */
export function ingesters(plan: Plan): readonly Alert[] {
  const ingester = jobs(plan, 'loki', 'ingester');
  return [
    {
      alert: 'LokiFlushesFailing',
      // A tenth: single uploads that fail are tried again and are no harm.
      expr: `sum by (cluster, pod) (rate(loki_ingester_chunks_flush_failures_total{${ingester}}[5m])) / sum by (cluster, pod) (rate(loki_ingester_chunks_flush_requests_total{${ingester}}[5m])) > 0.1`,
      for: '15m',
      severity: 'critical',
      summary: 'Loki: {{ $value | humanizePercentage }} of uploads of {{ $labels.pod }} fail in {{ $labels.cluster }}',
      description:
        'Chunks do not reach the bucket. They stay in the memory and the log of the ingester, which fill; then it stops taking lines, or is killed.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'LokiChunksNotFlushed',
      // The queue empties between two sweeps, half a minute apart.
      expr: `min by (cluster, pod) (min_over_time(loki_ingester_flush_queue_length{${ingester}}[30m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Loki: {{ $value }} chunks wait all the time in {{ $labels.pod }} of {{ $labels.cluster }}',
      description:
        'The ingester closes more chunks than it uploads. Its memory grows, and a restart replays ever more of its log.',
      runbook: 'object-storage-slow',
    },
    {
      alert: 'LokiWalDiskFull',
      expr: `sum by (cluster, pod) (increase(loki_ingester_wal_disk_full_failures_total{${ingester}}[10m])) > 0 or max by (cluster, pod) (loki_ingester_wal_disk_usage_percent{${ingester}}) >= 0.9`,
      for: '0m',
      severity: 'critical',
      summary: 'Loki: the log disk of {{ $labels.pod }} of {{ $labels.cluster }} is full',
      description:
        'From nine tenths on the ingester refuses writes, so that what it has stays whole. Others of its ring take what they can.',
      runbook: 'wal-disk-full',
    },
    {
      alert: 'LokiWalDiskFilling',
      expr: `max by (cluster, pod) (loki_ingester_wal_disk_usage_percent{${ingester}}) > 0.75`,
      for: '15m',
      severity: 'warning',
      summary:
        'Loki: the log disk of {{ $labels.pod }} of {{ $labels.cluster }} is {{ $value | humanizePercentage }} full',
      description:
        'At nine tenths the ingester refuses writes. Either the bucket takes nothing, or the volume is too small for what comes in.',
      runbook: 'wal-disk-full',
    },
    {
      alert: 'LokiCheckpointsFailing',
      expr: `sum by (cluster, pod) (increase(loki_ingester_checkpoint_creations_failed_total{${ingester}}[30m])) > 0 or sum by (cluster, pod) (increase(loki_ingester_checkpoint_deletions_failed_total{${ingester}}[30m])) > 0`,
      for: '5m',
      severity: 'warning',
      summary: 'Loki: {{ $labels.pod }} of {{ $labels.cluster }} cannot shorten its log',
      description:
        'The write-ahead log grows until its disk is full, and the next restart of the ingester replays all of it.',
      runbook: 'wal-disk-full',
    },
    {
      alert: 'LokiPanics',
      expr: `sum by (cluster, job) (increase(loki_panic_total{${jobs(plan, 'loki')}}[10m])) > 0`,
      for: '0m',
      severity: 'warning',
      summary: 'Loki: {{ $labels.job }} of {{ $labels.cluster }} panics in requests',
      description:
        'A request met a fault of the program itself, and whoever asked was answered with 500. Its log has the place.',
      runbook: 'queries-failing',
    },
  ];
}
