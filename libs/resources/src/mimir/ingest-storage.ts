import type { MimirPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Section } from '../section.ts';
import { ports } from './addresses.ts';

/** Classic: distributors push to ingesters. Ingest storage: they write to Kafka, and ingesters read from it. */
export function ingestion(plan: Plan, mimir: MimirPlan): Section {
  if (mimir.architecture === 'classic') {
    return {
      value: { ingest_storage: { enabled: false } },
      comments: {
        'ingest_storage/enabled': 'spec.metrics.architecture: classic; said aloud, for both architectures are current',
      },
    };
  }
  return {
    value: {
      ingest_storage: {
        enabled: true,
        kafka: {
          address: `${fqdn(plan, 'kafka')}:${String(ports.kafka)}`,
          topic: 'mimir-ingest',
          auto_create_topic_enabled: false,
        },
      },
      distributor: { remote_timeout: '5s' },
      ingester: { push_grpc_method_enabled: false },
    },
    comments: {
      'ingest_storage/enabled': 'spec.metrics.architecture: ingest-storage',
      'ingest_storage/kafka/auto_create_topic_enabled': `The Job kafka-topics makes it with ${String(mimir.kafkaPartitions ?? 0)} partitions; an ingester's ordinal is its partition`,
      'distributor/remote_timeout': 'A commit to Kafka takes longer than a push to an ingester',
    },
  };
}
