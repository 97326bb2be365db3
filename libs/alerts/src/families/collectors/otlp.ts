import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

const GATEWAY = 'job="monitoring/alloy-gateway"';
const SIGNALS = ['spans', 'metric_points', 'log_records'];

/** The way of what applications send by OTLP. */
export function otlp(plan: Plan): readonly Alert[] {
  const { collection } = plan;
  // It is a StatefulSet where it samples traces; an edge may do so, and its hub not.
  const available = ['deployment', 'statefulset'].map(
    (kind) =>
      `max by (cluster, namespace) (kube_${kind}_status_replicas_available{${jobs(plan, 'kube-state-metrics')}, namespace="monitoring", ${kind}="alloy-gateway"}) == 0`,
  );
  return [
    {
      alert: 'OtlpReceiverDown',
      expr: available.join(' or '),
      for: '5m',
      severity: 'critical',
      summary: 'No collector for OTLP is ready in {{ $labels.cluster }}',
      description:
        'What applications send by OTLP is taken by nobody. SDKs try again for a short while, then drop it: traces, and metrics and logs sent this way, have a gap.',
      runbook: 'collector-down',
    },
    {
      alert: 'OtlpRefused',
      expr: eachSignal(
        (signal) =>
          `sum by (cluster, job, transport) (rate(otelcol_receiver_refused_${signal}_total{${GATEWAY}}[10m])) > 0`,
      ),
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.cluster }} refuses {{ $value | humanize }} {{ $labels.signal }} a second from applications',
      description:
        'The collectors for OTLP are short of memory, or cannot pass on what they have. SDKs try again for a short while, then drop it.',
      runbook: 'collector-backlog',
    },
    {
      alert: 'OtlpQueueFilling',
      expr: `max by (cluster, job, pod, component_id) (otelcol_exporter_queue_size{${GATEWAY}} / (otelcol_exporter_queue_capacity{${GATEWAY}} > 0)) > 0.8`,
      for: '10m',
      severity: 'warning',
      summary:
        'The queue of {{ $labels.component_id }} in {{ $labels.pod }} of {{ $labels.cluster }} is {{ $value | humanizePercentage }} full',
      description: 'The gateway or a store takes less than comes in. Once the queue is full, what comes is lost.',
      runbook: 'collector-backlog',
    },
    {
      alert: 'OtlpDropped',
      expr: ['send_failed', 'enqueue_failed']
        .map((end) =>
          eachSignal(
            (signal) =>
              `sum by (cluster, job, component_id) (rate(otelcol_exporter_${end}_${signal}_total{${GATEWAY}}[10m])) > 0`,
            `${end}_`,
          ),
        )
        .join(' or '),
      for: '15m',
      severity: 'warning',
      summary:
        '{{ $value | humanize }} {{ $labels.signal }} a second of {{ $labels.component_id }} of {{ $labels.cluster }} are lost',
      description:
        'They were refused for good or for longer than five minutes (send_failed), or found the queue full (enqueue_failed). The name of the exporter is that of the tenant.',
      runbook: 'collector-dropping',
    },
    ...(collection.tailSampling === undefined ? [] : [early]),
  ];
}

const early: Alert = {
  alert: 'TracesDecidedEarly',
  expr: `sum by (cluster, job) (rate(otelcol_processor_tail_sampling_sampling_trace_dropped_too_early_total{${GATEWAY}}[10m])) > 0`,
  for: '15m',
  severity: 'warning',
  summary: '{{ $value | humanize }} traces a second of {{ $labels.cluster }} are dropped before they are decided on',
  description:
    'More traces are under way at once than the collectors hold, so errors and slow ones are lost as the others are.',
  runbook: 'collector-dropping',
};

/** One counter for each signal: in the result, label `signal` says which. */
function eachSignal(expression: (signal: string) => string, prefix = ''): string {
  return SIGNALS.map((signal) => `label_replace(${expression(signal)}, "signal", "${prefix}${signal}", "", "")`).join(
    ' or ',
  );
}
