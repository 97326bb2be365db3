import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { isTopics, topicsOf } from '../../view/topics.ts';

export const kafkaPartitionsLowered: DangerClass = {
  meta: {
    id: 'kafka-partitions-lowered',
    danger: 'D17',
    effect: 'data-loss',
    blocks: true,
    description: 'A Kafka topic is to have fewer partitions.',
    why: 'Kafka cannot take partitions away: the topic must be made anew, and what lies in it is lost. Without that, consumers leave partitions unread that producers still write to.',
    source: 'Apache Kafka documentation, modifying topics',
  },
  *find({ before, after, changes }) {
    const now = new Map(topicsOf(after).map((topic) => [topic.name, topic]));
    for (const { name, partitions } of topicsOf(before)) {
      const is = now.get(name)?.partitions;
      if (partitions === undefined || is === undefined || is >= partitions) continue;
      yield {
        subject: `kafka/${name}`,
        message: say`the topic ${name} is to have ${is} instead of ${partitions} partitions`,
        consequence: say`Kafka keeps ${partitions}; consumers that count ${is} leave the others unread, and what is written there is lost when its retention ends`,
        changes: changes.filter((change) => isTopics(change, name)),
      };
    }
  },
};
