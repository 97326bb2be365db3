import type { Rule } from '../../types.ts';
import { brokersOf, kafkaClients, numberOf, topicOfClient, topicsOf } from '../../view/kafka.ts';

/** What Tempo and Mimir put into one batch at most. */
const BATCH_BYTES = 16_000_000;
/** Kafka's own default of `message.max.bytes`. */
const DEFAULT_BYTES = 1_048_588;

export const rule: Rule = {
  meta: {
    id: 'small-kafka-messages',
    family: 'kafka',
    severity: 'error',
    description: 'Kafka refuses batches as large as the stores write.',
    why: 'Under load batches grow, and then writes fail that went through before.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    const topics = topicsOf(cluster);
    const [brokers] = brokersOf(cluster);
    for (const client of kafkaClients(cluster)) {
      const topic = topicOfClient(client, topics);
      if (topic === undefined) continue;
      const word = topic.settings.get('max.message.bytes') ?? brokers?.properties.get('message.max.bytes');
      // Of a Kafka that others run, the default is not known.
      if (word === undefined && brokers === undefined) continue;
      const bytes = numberOf(word) ?? DEFAULT_BYTES;
      if (bytes >= BATCH_BYTES) continue;
      yield {
        place: word?.place ?? topic.name.place,
        message: `the topic \`${topic.name.value}\` takes batches of ${String(bytes)} bytes, but ${client.store} writes up to ${String(BATCH_BYTES)}`,
        label: `at least ${String(BATCH_BYTES)}`,
        help: 'set `max.message.bytes` of the topic',
      };
    }
  },
};
