import type { Rule } from '../../types.ts';
import { kafkaClients, numberOf, topicOfClient, topicsOf } from '../../view/kafka.ts';
import { ownersOf } from '../../view/partitions.ts';

export const rule: Rule = {
  meta: {
    id: 'too-few-partitions',
    family: 'kafka',
    severity: 'error',
    description: 'A topic has fewer partitions than there are members in a zone to own them.',
    why: 'Each member owns the partition of its own number; one whose partition does not exist fails to start or reads nothing, and what is written for it fails.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    const topics = topicsOf(cluster);
    for (const client of kafkaClients(cluster)) {
      const topic = topicOfClient(client, topics);
      const partitions = numberOf(topic?.partitions);
      const owners = ownersOf(client, cluster);
      if (topic === undefined || partitions === undefined || owners === undefined || partitions >= owners.count)
        continue;
      yield {
        place: topic.partitions.place,
        message: `the topic \`${topic.name.value}\` has ${String(partitions)} partitions for ${String(owners.count)} of ${owners.name} in a zone`,
        label: `at least ${String(owners.count)}`,
        help: 'give the topic at least as many partitions; they can be raised later, never lowered',
      };
    }
  },
};
