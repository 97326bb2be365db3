import { bytes, formatBytes, formatDays } from '@lgtm-fleet/units';
import { sized, together, type Sized } from '../sizing.ts';
import type { Decision, KafkaPlan } from '../types.ts';

const { MI, GI } = bytes;
const DAY = 86_400;
/** A record may be just under 16 MB: both Mimir and Tempo write such. */
const MAX_MESSAGE_BYTES = 16_000_000;

export interface Stream {
  readonly topic: string;
  readonly partitions: number;
  readonly bytesPerSecond: number;
}

/** Kafka for the stores that write through it; absent where none does. */
export function kafkaPlan(streams: readonly Stream[], nodes: number): KafkaPlan | undefined {
  if (streams.length === 0) return undefined;
  const brokers = nodes >= 3 ? 3 : 1;
  return {
    brokers,
    replicationFactor: brokers,
    minInSyncReplicas: brokers === 3 ? 2 : 1,
    topics: streams.map(({ topic, partitions }) => ({
      name: topic,
      partitions,
      retentionSeconds: DAY,
      maxMessageBytes: MAX_MESSAGE_BYTES,
    })),
  };
}

export function kafkaCapacity(plan: KafkaPlan, streams: readonly Stream[]): Sized {
  const rate = streams.reduce((sum, stream) => sum + stream.bytesPerSecond, 0);
  const kept = rate * DAY * plan.replicationFactor;
  const topics: Decision[] = plan.topics.map((topic) => ({
    subject: `kafka.topic.${topic.name}`,
    value: `${String(topic.partitions)} partitions, ${formatDays(topic.retentionSeconds)}`,
    reason: 'never fewer than the consumers; a day of outage can be caught up with',
    source: 'Tempo 3.0 configure-kafka; Mimir about-ingest-storage',
  }));
  const brokers = together([
    sized('kafka', {
      role: 'broker',
      kind: 'StatefulSet',
      replicas: plan.brokers,
      because: `${formatBytes(rate)}/s kept a day in ${String(plan.replicationFactor)} copies`,
      source: 'Tempo 3.0 configure-kafka (retained bytes = rate × retention); CPU and memory unofficial',
      headroom: '50 %',
      milliCpu: 500 + (rate / 1e6) * 50,
      memoryBytes: 2 * GI,
      burst: 1.5,
      volumeBytes: Math.max(10 * GI, (kept * 1.5) / plan.brokers),
    }),
    sized('kafka', {
      role: 'topics',
      kind: 'Job',
      replicas: 1,
      because: 'makes the topics, and ends',
      source: 'own judgement (nobody published a formula)',
      milliCpu: 100,
      memoryBytes: 256 * MI,
      burst: 2,
    }),
  ]);
  return { workloads: brokers.workloads, decisions: [...brokers.decisions, ...topics] };
}
