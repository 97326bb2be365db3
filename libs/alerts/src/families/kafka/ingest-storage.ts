import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Samples in Kafka: written by Mimir's distributors, read by its ingesters. */
export function ingestStorage(plan: Plan): readonly Alert[] {
  const ingester = jobs(plan, 'mimir', 'ingester');
  const rate = (metric: string, by: string) =>
    `sum by (${by}) (rate(cortex_ingest_storage_reader_${metric}{${ingester}}[5m]))`;
  return [
    {
      alert: 'MimirKafkaWritesFailing',
      expr: `sum by (cluster, reason) (rate(cortex_ingest_storage_writer_produce_records_failed_total{${jobs(plan, 'mimir', 'distributor', 'ruler')}}[5m])) > 0`,
      for: '5m',
      severity: 'critical',
      summary: 'Mimir: distributors of {{ $labels.cluster }} cannot write to Kafka ({{ $labels.reason }})',
      description:
        'Samples are refused for as long as Kafka takes none. Collectors keep them and try again until their queues are full.',
      runbook: 'kafka-broker-down',
    },
    {
      alert: 'MimirIngesterLag',
      // A minute is two scrapes: rules and dashboards miss what they look at first.
      expr: `histogram_quantile(0.99, sum by (cluster, pod, le) (rate(cortex_ingest_storage_reader_receive_delay_seconds_bucket{${ingester}, phase="running"}[5m]))) > 60`,
      for: '10m',
      severity: 'critical',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} reads samples {{ $value | humanizeDuration }} late',
      description:
        'The ingester is behind what is in Kafka. Newest samples are missing, and alerts on them are late or do not fire.',
      runbook: 'kafka-lag',
    },
    {
      alert: 'MimirIngesterStopped',
      expr: `${rate('requests_total', 'cluster, pod')} == 0 and on (cluster) sum by (cluster) (rate(cortex_distributor_received_samples_total{${jobs(plan, 'mimir', 'distributor')}}[5m])) > 0`,
      for: '10m',
      severity: 'critical',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} reads nothing from Kafka',
      description:
        'Samples come in, and this ingester takes none of them from its partition. With its zone all of them are missing from queries.',
      runbook: 'kafka-lag',
    },
    {
      alert: 'MimirKafkaReadsFailing',
      expr: `${rate('fetch_errors_total', 'cluster, pod')} > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} cannot fetch from Kafka',
      description: 'The ingester falls behind. Kafka is away, overloaded, or refuses it.',
      runbook: 'kafka-broker-down',
    },
    {
      alert: 'MimirRecordsMissed',
      expr: `sum by (cluster, pod) (increase(cortex_ingest_storage_reader_missed_records_total{${ingester}}[10m])) > 0`,
      for: '0m',
      severity: 'critical',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} missed {{ $value | humanize }} records of Kafka',
      description: 'Records were left out between two fetches. If the other zones missed them, too, samples are lost.',
      runbook: 'kafka-lag',
    },
    {
      alert: 'MimirOffsetsNotCommitted',
      expr: `${rate('offset_commit_failures_total', 'cluster, pod')} / ${rate('offset_commit_requests_total', 'cluster, pod')} > 0.5`,
      for: '15m',
      severity: 'warning',
      summary: 'Mimir: {{ $labels.pod }} of {{ $labels.cluster }} cannot save how far it has read',
      description:
        'When it restarts it reads again what it has read since then, and is behind for as long as that takes.',
      runbook: 'kafka-broker-down',
    },
  ];
}
