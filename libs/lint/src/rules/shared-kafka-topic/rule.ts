import { fleetCheck } from '../../fleet.ts';
import type { Rule } from '../../types.ts';
import { inKafka, kafkaClients } from '../../view/kafka.ts';

export const rule: Rule = {
  meta: {
    id: 'shared-kafka-topic',
    family: 'kafka',
    severity: 'error',
    description: 'Two stores, or the stores of two clusters, use the same topic of the same Kafka.',
    why: 'Each reads the records of the other, cannot tell them apart from its own, and stores what is not its own or fails on it.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  fleet: fleetCheck(
    (cluster) =>
      kafkaClients(cluster).flatMap((client) => {
        const [address, topic] = [client.address?.value, client.topic?.value];
        if (typeof address !== 'string' || typeof topic !== 'string') return [];
        // The same name in two clusters is two Kafkas.
        const inside = /^[^.]+(:|$)|\.svc(\.|:|$)/.test(address);
        const key = JSON.stringify([inside ? cluster.name : '', address, topic]);
        return [{ key, topic, place: inKafka(client, 'topic'), owner: `${client.store} in \`${cluster.name}\`` }];
      }),
    function* (all) {
      for (const same of Map.groupBy(all, ({ key }) => key).values()) {
        const owners = [...new Set(same.map(({ owner }) => owner))];
        if (owners.length < 2) continue;
        for (const { place, topic } of same)
          yield {
            place,
            message: `\`${topic}\` is the topic of ${owners.join(' and of ')}`,
            help: 'give each a topic of its own',
          };
      }
    },
  ),
};
