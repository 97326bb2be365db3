import type { Rule } from '../../types.ts';
import { brokersOf, inKafka, kafkaClients } from '../../view/kafka.ts';

export const rule: Rule = {
  meta: {
    id: 'auto-created-topic',
    family: 'kafka',
    severity: 'warning',
    description: 'A topic that is missing is made by whoever asks for it first.',
    why: "A misspelt name becomes a topic with the broker's defaults for copies and retention, and nobody reads it; Tempo and Mimir even set the default partitions of the whole Kafka to do so.",
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    for (const client of kafkaClients(cluster)) {
      const { autoCreate, store, topic, path } = client;
      if (autoCreate?.value === false) continue;
      yield {
        place: inKafka(client, 'auto_create_topic_enabled'),
        message: `${store} makes the topic \`${typeof topic?.value === 'string' ? topic.value : ''}\` itself where it is missing`,
        help: `declare the topic, and set \`${path.join('.')}.auto_create_topic_enabled: false\``,
        ...(autoCreate !== undefined && { remedy: { safe: false, value: false } }),
      };
    }
    for (const { properties } of brokersOf(cluster)) {
      const key = 'auto.create.topics.enable';
      const said = properties.get(key);
      // It is on unless said; then the place is that of the property which every broker has.
      const place = (said ?? properties.get('process.roles') ?? properties.get('listeners'))?.place;
      if (said?.value === 'false' || place === undefined) continue;
      yield {
        place,
        message: 'Kafka makes a topic of every name that somebody asks for',
        ...(said === undefined && { label: `unless \`${key}\` says otherwise` }),
        help: `set \`${key}=false\``,
      };
    }
  },
};
