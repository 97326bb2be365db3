import type { Rule } from '../../types.ts';
import { brokersOf, kafkaClients, topicOfClient, topicsOf } from '../../view/kafka.ts';

export const rule: Rule = {
  meta: {
    id: 'compacted-kafka-topic',
    family: 'kafka',
    severity: 'error',
    description: 'A topic that a store reads keeps only the last record of each key.',
    why: 'Compaction removes records that nobody has read yet: what they held is lost, however long the retention is.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    const topics = topicsOf(cluster);
    const [brokers] = brokersOf(cluster);
    for (const client of kafkaClients(cluster)) {
      const topic = topicOfClient(client, topics);
      const policy = topic?.settings.get('cleanup.policy') ?? brokers?.properties.get('log.cleanup.policy');
      if (topic === undefined || policy?.value.split(',').includes('compact') !== true) continue;
      yield {
        place: policy.place,
        message: `the topic \`${topic.name.value}\` of ${client.store} is compacted`,
        help: 'set `cleanup.policy=delete`, and delete by age alone',
      };
    }
  },
};
