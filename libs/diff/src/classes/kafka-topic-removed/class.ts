import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { isTopics, topicsOf } from '../../view/topics.ts';

export const kafkaTopicRemoved: DangerClass = {
  meta: {
    id: 'kafka-topic-removed',
    danger: 'D17',
    effect: 'data-loss',
    blocks: true,
    description: 'A Kafka topic disappears, or another one is written to.',
    why: 'What consumers have not read in the old topic, they never will.',
    source: 'Tempo and Mimir documentation, Kafka topics',
  },
  *find({ before, after, changes }) {
    const now = new Set(topicsOf(after).map(({ name }) => name));
    for (const { name } of topicsOf(before)) {
      if (now.has(name)) continue;
      yield {
        subject: `kafka/${name}`,
        message: say`the topic ${name} is no longer there`,
        consequence: say`records in it that no consumer has read yet are lost, minutes to hours of telemetry; let the consumers read to the end first`,
        changes: changes.filter((change) => isTopics(change, name)),
      };
    }
  },
};
