import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Spans in Kafka: written by distributors, read by live-stores, block-builders and metrics-generators. */
export function traces(plan: Plan): readonly Alert[] {
  const readers = jobs(plan, 'tempo', 'live-store', 'block-builder', 'metrics-generator');
  const behind = (role: string) => `tempo_ingest_group_partition_lag_seconds{${jobs(plan, 'tempo', role)}}`;
  const waiting = `tempo_ingest_group_partition_lag{${readers}}`;
  const recent = `min_over_time(${waiting}[5m])`;
  return [
    {
      alert: 'TempoKafkaWritesFailing',
      expr: `sum by (cluster, reason) (rate(tempo_distributor_produce_failures_total{${jobs(plan, 'tempo', 'distributor')}}[5m])) > 0`,
      for: '5m',
      severity: 'critical',
      summary: 'Tempo: distributors of {{ $labels.cluster }} cannot write to Kafka ({{ $labels.reason }})',
      description:
        'Spans are refused for as long as Kafka takes none. Collectors keep them and try again until their queues are full.',
      runbook: 'kafka-broker-down',
    },
    {
      alert: 'TempoLiveStoreLag',
      // Of each partition the live-store that is least behind counts: one of them is enough for a query.
      expr: `min by (cluster, partition) (${behind('live-store')}) > 120`,
      for: '5m',
      severity: 'critical',
      summary:
        'Tempo: live-stores of partition {{ $labels.partition }} in {{ $labels.cluster }} are {{ $value | humanizeDuration }} behind',
      description:
        'No live-store has read the last minutes of this partition. Searches over them fail rather than leave something out.',
      runbook: 'kafka-lag',
    },
    {
      alert: 'TempoBlockBuilderLag',
      // From this age on queries go to the bucket; live-stores keep five minutes more.
      expr: `max by (cluster, partition) (${behind('block-builder')}) > 900`,
      for: '5m',
      severity: 'critical',
      summary:
        'Tempo: the block-builder of partition {{ $labels.partition }} in {{ $labels.cluster }} is {{ $value | humanizeDuration }} behind',
      description:
        'Queries look into the bucket for what is older than a quarter of an hour, and it is not there. What is older than twenty minutes is nowhere to be found until it catches up.',
      runbook: 'kafka-lag',
    },
    {
      alert: 'TempoMetricsGeneratorLag',
      // Spans older than that are left out of span metrics.
      expr: `max by (cluster, partition) (${behind('metrics-generator')}) > 30`,
      for: '10m',
      severity: 'warning',
      summary:
        'Tempo: span metrics of partition {{ $labels.partition }} in {{ $labels.cluster }} are {{ $value | humanizeDuration }} behind',
      description:
        'The metrics-generator leaves out spans older than half a minute, so that RED panels and the service graph show too little.',
      runbook: 'kafka-lag',
    },
    {
      alert: 'TempoConsumerStopped',
      // One that works, if only every five minutes, has fewer records waiting now and then than it had before.
      expr: `max by (cluster, group, partition) (${recent} >= max_over_time(${waiting}[25m] offset 5m) and ${recent} > 0)`,
      for: '10m',
      severity: 'critical',
      summary:
        'Tempo: {{ $labels.group }} does not read partition {{ $labels.partition }} of {{ $labels.cluster }}: {{ $value }} records wait',
      description: `The records that wait have only become more for half an hour. Kafka keeps them for ${hours(plan)}; what is not read by then is lost.`,
      runbook: 'kafka-lag',
    },
    {
      alert: 'TempoRecordsDropped',
      expr: `sum by (cluster, tenant, reason) (rate(tempo_live_store_records_dropped_total{${jobs(plan, 'tempo', 'live-store')}}[5m])) > 0`,
      for: '10m',
      severity: 'warning',
      summary:
        'Tempo: live-stores of {{ $labels.cluster }} drop records of {{ $labels.tenant }} ({{ $labels.reason }})',
      description:
        'Traces of the last minutes have holes until the block-builder has written them. too_old: the live-store is far behind.',
      runbook: 'kafka-lag',
    },
  ];
}

/** How long the topic of spans keeps them. */
function hours(plan: Plan): string {
  const topic = plan.kafka?.topics.find(({ name }) => name.startsWith('tempo'));
  return `${String(Math.round((topic?.retentionSeconds ?? 0) / 3600))} hours`;
}
