import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { inWords } from '../../format/words.ts';
import { isTopics, topicsOf } from '../../view/topics.ts';

export const kafkaRetentionLowered: DangerClass = {
  meta: {
    id: 'kafka-retention-lowered',
    danger: 'D17',
    effect: 'data-loss',
    blocks: true,
    description: 'A Kafka topic keeps its records for less time.',
    why: 'Kafka is the write-ahead log of Tempo and, with ingest storage, of Mimir: what a consumer has not read when it is deleted is lost.',
    source: 'Tempo documentation, configure Kafka: at least 40 minutes, a day is sensible',
  },
  *find({ before, after, changes }) {
    const now = new Map(topicsOf(after).map((topic) => [topic.name, topic]));
    for (const { name, retentionSeconds } of topicsOf(before)) {
      const is = now.get(name)?.retentionSeconds;
      if (retentionSeconds === undefined || is === undefined || is >= retentionSeconds) continue;
      yield {
        subject: `kafka/${name}`,
        message: say`the topic ${name} keeps records for ${words(inWords(is))} instead of ${words(inWords(retentionSeconds))}`,
        consequence: say`when a consumer stands still for longer than ${words(inWords(is))}, everything that it has not read is lost; records older than that are deleted at once`,
        changes: changes.filter((change) => isTopics(change, name)),
      };
    }
  },
};
