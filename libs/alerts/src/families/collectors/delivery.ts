import type { Alert } from '../../types.ts';
import { COLLECTORS } from './series.ts';

const QUEUE = 'by (cluster, job, pod, remote_name)';
const TENANT = '{{ $labels.remote_name }}';

/** The way of metrics and of log lines from the collectors to the gateway. */
export function delivery(): readonly Alert[] {
  return [
    {
      alert: 'MetricsBacklog',
      expr: behind(600),
      for: '10m',
      severity: 'warning',
      summary: `Metrics of tenant ${TENANT} wait in collector {{ $labels.pod }} of {{ $labels.cluster }}`,
      description:
        'For ten minutes and more nothing of this tenant was taken: it is over its limit, its credential is refused, or the gateway or Mimir is down. They keep for two hours.',
      runbook: 'collector-backlog',
    },
    {
      alert: 'MetricsBacklogOld',
      // The log is cut after two hours (max_keepalive_time): half of it is gone.
      expr: behind(3600),
      for: '5m',
      severity: 'critical',
      summary: `Metrics of tenant ${TENANT} will soon be lost in collector {{ $labels.pod }} of {{ $labels.cluster }}`,
      description:
        'Nothing was taken for an hour. What is older than two hours is cut from the log of the collector, and there will be a gap.',
      runbook: 'collector-backlog',
    },
    {
      alert: 'MetricsDropped',
      // Both are final: the store called a batch invalid, or the queue has cut what was too old.
      expr: [
        `sum ${QUEUE} (rate(prometheus_remote_storage_samples_failed_total{${COLLECTORS}}[10m])) > 0`,
        `or sum ${QUEUE} (rate(prometheus_remote_storage_samples_dropped_total{${COLLECTORS}, reason!="dropped_series"}[10m])) > 0`,
      ].join(' '),
      for: '15m',
      severity: 'warning',
      summary: `{{ $value | humanize }} samples a second of tenant ${TENANT} are lost in {{ $labels.pod }} of {{ $labels.cluster }}`,
      description:
        'A store refuses them for what they are (out of order, too many labels, over a limit of series), and they are not sent again. The log of the collector has its words.',
      runbook: 'collector-dropping',
    },
    {
      alert: 'LogsBacklog',
      // One retry each half a minute, the longest wait, is 0.033 a second for a collector that gets nothing through.
      expr: `count by (cluster, job, component_id) (sum by (cluster, job, pod, component_id) (rate(loki_write_batch_retries_total{${COLLECTORS}}[10m])) > 0.02)`,
      for: '15m',
      severity: 'warning',
      summary: 'Log lines of {{ $labels.component_id }} wait in {{ $value }} collectors of {{ $labels.cluster }}',
      description:
        'Loki or the gateway does not take them. They are read no further meanwhile: what is rotated away before is lost, after some tens of megabytes a container.',
      runbook: 'collector-backlog',
    },
    {
      alert: 'LogsDropped',
      expr: `sum by (cluster, job, component_id, reason) (rate(loki_write_dropped_entries_total{${COLLECTORS}}[10m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary:
        '{{ $value | humanize }} log lines a second of {{ $labels.component_id }} of {{ $labels.cluster }} are lost: {{ $labels.reason }}',
      description: 'Loki calls them invalid (too long, too old, too many labels), and they are not sent again.',
      runbook: 'collector-dropping',
    },
    {
      alert: 'LogsUnread',
      // Half of the least that the kubelet keeps of a container, two files of ten megabytes, and of several at once.
      expr: `sum by (cluster, job, pod) (clamp_min(loki_source_file_file_bytes_total{${COLLECTORS}} - loki_source_file_read_bytes_total{${COLLECTORS}}, 0)) > 50e6`,
      for: '15m',
      severity: 'warning',
      summary:
        '{{ $value | humanize1024 }}B of log files are unread by collector {{ $labels.pod }} of {{ $labels.cluster }}',
      description:
        'It reads slower than containers write, or waits for Loki. What is rotated away before it was read is lost.',
      runbook: 'collector-backlog',
    },
  ];
}

/**
 * The newest sample that was sent is so many seconds old, though there are others to send. One without anything to send
 * is old, too, and fine: no pod of that tenant is on the node.
 */
function behind(seconds: number): string {
  return [
    `(time() - max ${QUEUE} (prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${COLLECTORS}})) > ${seconds}`,
    `and sum ${QUEUE} (prometheus_remote_storage_samples_pending{${COLLECTORS}}) > 0`,
  ].join(' ');
}
