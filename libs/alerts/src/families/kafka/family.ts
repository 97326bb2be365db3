import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { RuleFamily, Alert } from '../../types.ts';
import { ingestStorage } from './ingest-storage.ts';
import { traces } from './traces.ts';

/**
 * Kafka shows no metrics of its own. How its brokers are is told by Kubernetes, and what waits in it by those who read
 * it: Tempo's roles, and Mimir's ingesters with ingest storage.
 */
export const kafka: RuleFamily = {
  name: 'kafka',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    plan.kafka === undefined
      ? []
      : [
          { name: 'kafka-brokers', rules: brokers(plan) },
          ...(plan.tempo?.kafkaPartitions === undefined ? [] : [{ name: 'kafka-traces', rules: traces(plan) }]),
          ...(plan.mimir?.architecture === 'ingest-storage'
            ? [{ name: 'kafka-metrics', rules: ingestStorage(plan) }]
            : []),
        ],
};

function brokers(plan: Plan): readonly Alert[] {
  const { brokers: planned, minInSyncReplicas: needed } = plan.kafka ?? { brokers: 0, minInSyncReplicas: 0 };
  const workload = plan.components.find(({ name }) => name === 'kafka');
  const set = workload?.workloads.find(({ role }) => role === 'broker')?.name ?? '';
  const ready = `sum by (cluster) (kube_statefulset_status_replicas_ready{${jobs(plan, 'kube-state-metrics')}, namespace="${workload?.namespace ?? ''}", statefulset="${set}"})`;
  return [
    {
      alert: 'KafkaBrokerDown',
      expr: `${ready} < ${planned}`,
      // Longer than a rollout keeps one broker away.
      for: '15m',
      severity: 'warning',
      summary: `Kafka: {{ $value }} of ${planned} brokers are ready in {{ $labels.cluster }}`,
      description:
        planned === 1
          ? 'The only broker is away. Writes wait in the collectors meanwhile.'
          : 'A broker is away, and its partitions have a copy less. Writes go on while enough copies are left.',
      runbook: 'kafka-broker-down',
    },
    {
      alert: 'KafkaWithoutQuorum',
      expr: `${ready} < ${needed}`,
      for: '2m',
      severity: 'critical',
      summary: `Kafka: only {{ $value }} brokers are ready in {{ $labels.cluster }}, and writes need ${needed}`,
      description:
        'No write is acknowledged with fewer copies than that. Distributors answer with errors, and collectors keep what they can.',
      runbook: 'kafka-broker-down',
    },
  ];
}
