import type { Rule } from '../../types.ts';
import { brokersOf, numberOf, topicsOf } from '../../view/kafka.ts';

const COPIES = [
  'default.replication.factor',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'share.coordinator.state.topic.replication.factor',
];
/** What a broker takes for the topics of its own unless told otherwise. */
const DEFAULT_COPIES = 3;

export const rule: Rule = {
  meta: {
    id: 'unplaceable-kafka-topic',
    family: 'kafka',
    severity: 'error',
    description: 'A topic asks for more copies than there are brokers, or for more in sync than it has.',
    why: 'Kafka refuses to make the topic, or to take a record for it; without its topic of offsets no reader can say how far it came.',
    source: 'https://kafka.apache.org/documentation/#brokerconfigs',
  },
  *cluster(cluster) {
    const topics = topicsOf(cluster);
    for (const { count, properties } of brokersOf(cluster)) {
      for (const { name, replicas } of topics) {
        if ((numberOf(replicas) ?? 0) <= count) continue;
        yield {
          place: replicas.place,
          message: `the topic \`${name.value}\` asks for ${replicas.value} copies, but ${thereAre(count)}`,
          label: `at most ${String(count)}`,
          help: 'ask for fewer copies, or run more brokers',
        };
      }
      for (const key of COPIES) {
        const word = properties.get(key);
        const copies = numberOf(word) ?? (key.startsWith('default') ? 1 : DEFAULT_COPIES);
        const place = (word ?? properties.get('default.replication.factor') ?? properties.get('process.roles'))?.place;
        if (copies <= count || place === undefined) continue;
        yield {
          place,
          message: `\`${key}\` is ${String(copies)}${word === undefined ? ' unless it is set' : ''}, but ${thereAre(count)}`,
          ...(word !== undefined && { label: `at most ${String(count)}` }),
          help: `set \`${key}=${String(count)}\``,
        };
      }
    }
    for (const { name, replicas, settings } of topics) {
      const synced = settings.get('min.insync.replicas');
      if (synced === undefined || (numberOf(synced) ?? 0) <= (numberOf(replicas) ?? 0)) continue;
      yield {
        place: synced.place,
        message: `the topic \`${name.value}\` wants ${synced.value} copies in sync, but has ${replicas.value}`,
        label: `at most ${replicas.value}`,
        help: 'ask for one less than the copies, so that one broker may be away',
      };
    }
  },
};

function thereAre(count: number): string {
  return count === 1 ? 'there is 1 broker' : `there are ${String(count)} brokers`;
}
