import type { Plan } from '@lgtm-fleet/plan';
import { only } from '../../stores.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * What becomes of Loki's index and chunks in the bucket. Highly available, each process has a compactor that never
 * runs, and only the one of its own does the work: only its series count.
 */
export const lokiCompaction: RuleFamily = {
  name: 'loki-compaction',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    plan.loki === undefined
      ? []
      : [
          { name: 'loki-compaction', rules: compaction(plan, only(plan, 'loki', 'compactor')) },
          { name: 'loki-retention', rules: retention(plan, only(plan, 'loki', 'compactor')) },
        ],
};

function compaction(plan: Plan, compactor: string): readonly Alert[] {
  const running = `loki_boltdb_shipper_compactor_running{${compactor}}`;
  return [
    {
      alert: 'LokiCompactorNotSuccessful',
      // It runs every ten minutes, and a run over years of tables may take an hour.
      expr: `time() - max by (cluster) (loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds{${compactor}}) > 3 * 3600`,
      // The first run of a new pod has that long: until then it knows of none.
      for: '1h',
      severity: 'critical',
      summary: 'Loki: the compactor of {{ $labels.cluster }} has had no success for hours',
      description:
        'Small index files of every ingester pile up, and queries download all of them. Retention waits for it, too.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'LokiCompactorRunsFailing',
      expr: `sum by (cluster) (increase(loki_boltdb_shipper_compact_tables_operation_total{${compactor}, status="failure"}[1h])) / sum by (cluster) (increase(loki_boltdb_shipper_compact_tables_operation_total{${compactor}}[1h])) > 0.5`,
      for: '15m',
      severity: 'warning',
      summary: 'Loki: {{ $value | humanizePercentage }} of runs of the compactor of {{ $labels.cluster }} fail',
      description: 'More than half of the runs of the last hour have failed. Its log says at which table.',
      runbook: 'compactor-stuck',
    },
    {
      alert: 'LokiCompactorsNotOne',
      // One that does not run tells nothing, and so its absence counts.
      expr: `sum by (cluster) (${running} or label_replace(0 * absent(${running}), "cluster", "${plan.collection.clusterLabel}", "", "")) != 1`,
      for: '30m',
      severity: 'critical',
      summary: 'Loki: {{ $value }} compactors run in {{ $labels.cluster }}, and it has to be one',
      description:
        'With none, nothing is joined and nothing deleted. Two would delete index files under each other: stop one of them now.',
      runbook: 'compactor-stuck',
    },
  ];
}

function retention(plan: Plan, compactor: string): readonly Alert[] {
  const markers = 'loki_boltdb_shipper_retention_sweeper_marker_files';
  return [
    {
      alert: 'LokiRetentionNotApplied',
      // As often as compaction, every ten minutes; a first run over everything may take hours.
      expr: `time() - max by (cluster) (loki_compactor_apply_retention_last_successful_run_timestamp_seconds{${compactor}}) > 6 * 3600`,
      for: '6h',
      severity: 'warning',
      summary: 'Loki: retention has not been applied for {{ $value | humanizeDuration }} in {{ $labels.cluster }}',
      description: `Lines older than they may be are still there: ${String(Math.round((plan.loki?.retentionSeconds ?? 0) / 86_400))} days unless a tenant has its own. The bucket grows, and what had to be deleted by law is not.`,
      runbook: 'retention-not-applied',
    },
    {
      alert: 'LokiMarkedChunksNotDeleted',
      // What is marked is deleted two hours later, a file of marks at a time.
      expr: `sum by (cluster) (min_over_time(${markers}_current{${compactor}}[1d])) > 0 and sum by (cluster) (increase(${markers}_deleted_total{${compactor}}[1d])) == 0`,
      for: '1h',
      severity: 'warning',
      summary: 'Loki: {{ $value }} files of marks wait in {{ $labels.cluster }}, and no chunk is deleted',
      description:
        'Retention marks chunks, and nothing deletes them. The bucket may refuse to delete: a missing right, a lock, a hold.',
      runbook: 'retention-not-applied',
    },
    {
      alert: 'LokiDeletionsWaiting',
      // A request can be taken back for a day; then the next runs work on it.
      expr: `max by (cluster) (loki_compactor_oldest_pending_delete_request_age_seconds{${compactor}}) > 3 * 86400`,
      for: '1h',
      severity: 'warning',
      summary: 'Loki: a request for deletion has waited for {{ $value | humanizeDuration }} in {{ $labels.cluster }}',
      description:
        'Somebody asked for lines to be deleted, and they are still there. Queries hide them; the bucket has them.',
      runbook: 'retention-not-applied',
    },
  ];
}
