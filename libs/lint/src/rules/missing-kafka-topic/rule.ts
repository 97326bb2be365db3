import type { Rule } from '../../types.ts';
import { kafkaClients, topicOfClient, topicsOf } from '../../view/kafka.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-kafka-topic',
    family: 'kafka',
    severity: 'error',
    description: 'A store uses a topic that nobody makes.',
    why: 'Every write fails, for the topic is unknown; or it is made with defaults that lose data.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    const topics = topicsOf(cluster);
    // Where none is declared here, somebody else makes them.
    if (topics.length === 0) return;
    const names = topics.map(({ name }) => `\`${name.value}\``).join(', ');
    for (const client of kafkaClients(cluster)) {
      const { topic, store } = client;
      if (typeof topic?.value !== 'string' || topicOfClient(client, topics) !== undefined) continue;
      yield {
        place: topic.place,
        message: `${store} uses the topic \`${topic.value}\`, but only ${names} ${topics.length === 1 ? 'is' : 'are'} made`,
        help: 'declare the topic, or use the name of one that is',
      };
    }
  },
};
