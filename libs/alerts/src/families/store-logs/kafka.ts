import type { Alert } from '../../types.ts';

const STREAMS = '{namespace="observability", service_name="kafka"}';

/** Kafka shows no metrics: what its brokers complain of is in their logs alone. */
export function kafkaLogs(): readonly Alert[] {
  const count = (words: string, window: string) =>
    `sum by (cluster, container) (count_over_time(${STREAMS} |~ "${words}" [${window}]))`;
  return [
    {
      alert: 'KafkaLogFolderFailed',
      expr: `${count('(?i)(ERROR|FATAL).*(no space left on device|error while (appending|writing|flushing|rolling|reading)|stopping serving logs in dir|all log dirs .* failed)', '10m')} > 0`,
      for: '0m',
      severity: 'critical',
      summary: 'Kafka: a broker of {{ $labels.cluster }} cannot write to its disk',
      description:
        'Its volume is full or damaged. The broker stops serving what is in it, and ends when that is all it has.',
      runbook: 'kafka-broker-down',
    },
    {
      alert: 'KafkaTooFewReplicas',
      expr: `${count('NotEnoughReplicas(AfterAppend)?Exception|insufficient to satisfy the min[.]isr', '5m')} > 5`,
      for: '5m',
      severity: 'critical',
      summary: 'Kafka: too few copies are in sync in {{ $labels.cluster }}',
      description:
        'Writes need more copies in sync than there are. Brokers are away or far behind, and distributors answer with errors.',
      runbook: 'kafka-broker-down',
    },
  ];
}
