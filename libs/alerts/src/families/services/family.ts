import type { RuleFamily } from '../../types.ts';

/** As slow as a trace has to be to be kept by tail sampling unless said otherwise: people have noticed by then. */
const SLOW_SECONDS = 1;
/** One request in twenty. */
const FAILING = 0.05;
/** Below a request in fifty seconds, one failure would be news each time. */
const LEAST_RATE = 0.02;

const OF = 'cluster, namespace, service';
const SERVER = 'span_kind="SPAN_KIND_SERVER"';

/** Rate, errors and duration of every service that sends traces, from the metrics that Tempo makes of its spans. */
export const services: RuleFamily = {
  name: 'services',
  audience: 'tenants',
  evaluators: ['metrics'],
  groups: ({ tempo }) =>
    tempo === undefined
      ? []
      : [
          {
            name: 'services',
            rules: [
              {
                record: 'service:requests:rate5m',
                expr: `sum by (${OF}) (rate(traces_spanmetrics_calls_total{${SERVER}}[5m]))`,
              },
              {
                record: 'service:errors:ratio_rate5m',
                expr: `sum by (${OF}) (rate(traces_spanmetrics_calls_total{${SERVER}, status_code="STATUS_CODE_ERROR"}[5m])) / (sum by (${OF}) (rate(traces_spanmetrics_calls_total{${SERVER}}[5m])) > 0)`,
              },
              {
                record: 'service:duration_seconds:p95_5m',
                expr: `histogram_quantile(0.95, sum by (${OF}, le) (rate(traces_spanmetrics_latency_bucket{${SERVER}}[5m])))`,
              },
              {
                alert: 'ServiceFailing',
                expr: `service:errors:ratio_rate5m > ${FAILING} and on (${OF}) service:requests:rate5m > ${LEAST_RATE}`,
                for: '10m',
                severity: 'warning',
                summary:
                  '{{ $labels.service }}: {{ $value | humanizePercentage }} of requests fail in {{ $labels.cluster }}',
                description:
                  'Spans of the requests that the service answers end in an error. Its own callers fail with it, as the service graph shows.',
                runbook: 'service-failing',
              },
              {
                alert: 'ServiceSlow',
                expr: `service:duration_seconds:p95_5m > ${SLOW_SECONDS} and on (${OF}) service:requests:rate5m > ${LEAST_RATE}`,
                for: '10m',
                severity: 'warning',
                summary:
                  '{{ $labels.service }}: one request in twenty takes over {{ $value | humanizeDuration }} in {{ $labels.cluster }}',
                description:
                  'The time is that of the requests which the service answers, all that it waits for included: it need not be its own.',
                runbook: 'service-slow',
              },
            ],
          },
        ],
};
