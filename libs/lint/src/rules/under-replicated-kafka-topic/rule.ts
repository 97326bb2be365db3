import type { Rule } from '../../types.ts';
import { brokersOf, numberOf, topicsOf } from '../../view/kafka.ts';

const COPIES = 3;

export const rule: Rule = {
  meta: {
    id: 'under-replicated-kafka-topic',
    family: 'kafka',
    severity: 'warning',
    description: 'A topic does not survive the loss of a broker, though there are brokers enough.',
    why: 'Kafka is the write-ahead log: with one copy a lost volume is lost data; with all copies wanted in sync, one restart stops every write.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    const [brokers] = brokersOf(cluster);
    if (brokers === undefined || brokers.count < 2) return;
    const wanted = Math.min(COPIES, brokers.count);
    for (const { name, replicas, settings } of topicsOf(cluster)) {
      const copies = numberOf(replicas) ?? wanted;
      const synced = settings.get('min.insync.replicas') ?? brokers.properties.get('min.insync.replicas');
      const least = numberOf(synced) ?? 1;
      if (copies < wanted) {
        yield {
          place: replicas.place,
          message: `the topic \`${name.value}\` has ${String(copies)} of ${String(wanted)} copies that ${String(brokers.count)} brokers could keep`,
          label: String(wanted),
          help: 'raise the copies; for a topic that exists, move its partitions with kafka-reassign-partitions.sh',
        };
      } else if (copies >= COPIES && least !== copies - 1 && (least === 1 || least === copies)) {
        yield {
          place: (synced ?? replicas).place,
          message:
            least === copies
              ? `the topic \`${name.value}\` wants all of its ${String(copies)} copies in sync, so no broker may be away`
              : `a record of the topic \`${name.value}\` counts as written when one of ${String(copies)} copies has it`,
          label: String(copies - 1),
          help: `set \`min.insync.replicas=${String(copies - 1)}\``,
        };
      }
    }
  },
};
