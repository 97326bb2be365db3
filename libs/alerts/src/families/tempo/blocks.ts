import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Blocks in the bucket: who knows of them, joins them, deletes them. */
export function blocks(plan: Plan): readonly Alert[] {
  const scheduler = jobs(plan, 'tempo', 'backend-scheduler');
  const worker = jobs(plan, 'tempo', 'backend-worker');
  const all = jobs(plan, 'tempo');
  return [
    {
      alert: 'TempoBlocklistNotPolled',
      // Every five minutes: three of the last four.
      expr: `sum by (cluster, pod) (increase(tempodb_blocklist_poll_errors_total{${all}}[20m])) > 2.5`,
      for: '5m',
      severity: 'critical',
      summary: 'Tempo: {{ $labels.pod }} of {{ $labels.cluster }} cannot list the blocks of the bucket',
      description:
        'It does not learn of new blocks, and keeps asking for those that were deleted. Searches miss traces, or fail.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'TempoTenantIndexFailing',
      // A poll goes on with the other tenants, and fails for none. Every five minutes: three of an hour, and not over.
      expr: `sum by (cluster, tenant) (increase(tempodb_blocklist_tenant_index_errors_total{${all}}[1h])) > 2 and sum by (cluster, tenant) (increase(tempodb_blocklist_tenant_index_errors_total{${all}}[10m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Tempo: the list of blocks of {{ $labels.tenant }} in {{ $labels.cluster }} cannot be read or written',
      description:
        'Other tenants go on. Of this one, traces that went to the bucket since are not found: its folder may refuse what others allow, or its list is damaged.',
      runbook: 'object-storage-refusing',
    },
    {
      alert: 'TempoBlocklistOld',
      // The index is written and read at each poll, every five minutes.
      expr: `max by (cluster, tenant) (tempodb_blocklist_tenant_index_age_seconds{${all}}) > 1800`,
      for: '10m',
      severity: 'warning',
      summary:
        'Tempo: the list of blocks of {{ $labels.tenant }} in {{ $labels.cluster }} is {{ $value | humanizeDuration }} old',
      description:
        'Nobody writes the list of the blocks of this tenant any more. Traces that went to the bucket since then are not found.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'TempoBackendJobsFailing',
      // Jobs are tried again; a tenth is more than one unlucky block.
      expr: `sum by (cluster, job_type) (rate(tempo_backend_scheduler_jobs_failed_total{${scheduler}}[30m])) / (sum by (cluster, job_type) (rate(tempo_backend_scheduler_jobs_completed_total{${scheduler}}[30m])) + sum by (cluster, job_type) (rate(tempo_backend_scheduler_jobs_failed_total{${scheduler}}[30m]))) > 0.1`,
      for: '30m',
      severity: 'warning',
      summary: 'Tempo: {{ $value | humanizePercentage }} of jobs {{ $labels.job_type }} fail in {{ $labels.cluster }}',
      description:
        'Workers cannot do what the scheduler gives them. Without compaction searches read ever more blocks; without retention nothing is deleted.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'TempoSchedulerNotSaved',
      expr: `sum by (cluster) (increase(tempo_backend_scheduler_work_flushes_failed_total{${scheduler}}[30m])) > 2`,
      for: '15m',
      severity: 'warning',
      summary:
        'Tempo: the scheduler of {{ $labels.cluster }} cannot save what it gave out ({{ $value | humanize }} times)',
      description: 'When it restarts it does not know which jobs run, and gives some of them out again.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'TempoCompactionBehind',
      // Blocks come and go; that none of them is ever done for six hours is what a stuck worker looks like.
      expr: `sum by (cluster, tenant) (min_over_time(tempodb_compaction_outstanding_blocks{${scheduler}}[6h])) > 50 and on (cluster) (sum by (cluster) (increase(tempodb_compaction_blocks_total{${worker}}[6h])) or 0 * sum by (cluster) (up{${worker}})) == 0`,
      for: '1h',
      severity: 'warning',
      summary:
        'Tempo: {{ $value }} blocks of {{ $labels.tenant }} wait for compaction in {{ $labels.cluster }}, and none is joined',
      description:
        'No worker has joined a block for six hours. Searches read every small block of their time, and get slower by the day.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'TempoRetentionFailing',
      expr: `sum by (cluster) (increase(tempodb_retention_errors_total{${worker}}[1h])) > 2`,
      for: '1h',
      severity: 'warning',
      summary: 'Tempo: old traces of {{ $labels.cluster }} are not deleted ({{ $value | humanize }} errors in an hour)',
      description:
        'Blocks past their retention stay in the bucket, which grows. The bucket may refuse to delete: a missing right, a lock, a hold.',
      runbook: 'retention-not-applied',
    },
  ];
}
