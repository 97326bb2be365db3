import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Span metrics and the service graph, until they are in the store of metrics. */
export function generator(plan: Plan): readonly Alert[] {
  const at = jobs(plan, 'tempo', 'metrics-generator');
  const sum = (metric: string, window = '5m') => `sum by (cluster, tenant) (rate(${metric}{${at}}[${window}]))`;
  const timestamp = (which: string) =>
    `max by (cluster, tenant) (prometheus_remote_storage_queue_${which}_seconds{${at}})`;
  return [
    {
      alert: 'TempoSpanMetricsNotWritten',
      // What is sent is at most a few seconds behind what is known.
      expr: `${timestamp('highest_timestamp')} - ${timestamp('highest_sent_timestamp')} > 300 or ${sum('prometheus_remote_storage_samples_failed_total')} > 0`,
      for: '10m',
      severity: 'warning',
      summary: 'Tempo: span metrics of {{ $labels.tenant }} do not arrive in {{ $labels.cluster }}',
      description:
        'The metrics-generator cannot write what it made of spans. RED panels and the service graph of this tenant stand still, and alerts on them see nothing.',
      runbook: 'metrics-generator-failing',
    },
    {
      alert: 'TempoSpanMetricsNotCollected',
      expr: `${sum('tempo_metrics_generator_registry_collections_failed_total')} > 0`,
      for: '10m',
      severity: 'warning',
      summary: 'Tempo: span metrics of {{ $labels.tenant }} cannot be collected in {{ $labels.cluster }}',
      description: 'The metrics-generator cannot append to its own log, most often because its disk is full.',
      runbook: 'metrics-generator-failing',
    },
    {
      alert: 'TempoSpanMetricsLimited',
      expr: `${sum('tempo_metrics_generator_registry_series_limited_total')} > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Tempo: span metrics of {{ $labels.tenant }} are at their limit of series in {{ $labels.cluster }}',
      description:
        'New series of span metrics are refused, so that some services or routes are not in them. A name of a span with an id in it is the usual cause.',
      runbook: 'series-limit-reached',
    },
    {
      alert: 'TempoSpansTooLateForMetrics',
      // Some come late at any time; a tenth makes graphs wrong enough to be seen.
      expr: `sum by (cluster, tenant) (rate(tempo_metrics_generator_spans_discarded_total{${at}, reason="outside_metrics_ingestion_slack"}[5m])) / ${sum('tempo_metrics_generator_spans_received_total')} > 0.1`,
      for: '15m',
      severity: 'warning',
      summary:
        'Tempo: {{ $value | humanizePercentage }} of spans of {{ $labels.tenant }} are too late for metrics in {{ $labels.cluster }}',
      description:
        'Spans older than half a minute are in no span metric. They wait in a collector or in Kafka, or the clock of their sender is behind.',
      runbook: 'metrics-generator-failing',
    },
    {
      alert: 'TempoServiceGraphIncomplete',
      expr: `${sum('tempo_metrics_generator_processor_service_graphs_dropped_spans')} / ${sum('tempo_metrics_generator_spans_received_total')} > 0.1`,
      for: '15m',
      severity: 'warning',
      summary:
        'Tempo: {{ $value | humanizePercentage }} of spans of {{ $labels.tenant }} are missing in the service graph of {{ $labels.cluster }}',
      description:
        'The generator holds as many waiting edges as it may, and leaves out the rest. The service graph lacks calls.',
      runbook: 'metrics-generator-failing',
    },
  ];
}
