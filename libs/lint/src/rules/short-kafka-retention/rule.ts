import { formatDuration } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { secondsOf } from '@lgtm-fleet/units';
import { kafkaClients, topicOfClient, topicsOf } from '../../view/kafka.ts';
import { setting } from '../../view/program.ts';

/** `live_store.complete_block_timeout` unless it is set; a live-store that starts replays twice as much. */
const BLOCK_TIMEOUT = 20 * 60;

export const rule: Rule = {
  meta: {
    id: 'short-kafka-retention',
    family: 'kafka',
    severity: 'error',
    description: 'Kafka deletes records before the live-stores are done with them.',
    why: 'Kafka is the write-ahead log: a reader that is behind its retention, after an outage or a slow start, has lost what was deleted.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    const topics = topicsOf(cluster);
    for (const client of kafkaClients(cluster)) {
      // Mimir's ingesters have a log of their own on their volumes, and nobody has published a figure for them.
      if (client.store !== 'tempo') continue;
      const topic = topicOfClient(client, topics);
      const retention = topic?.settings.get('retention.ms');
      // -1 keeps for ever.
      if (topic === undefined || retention === undefined || !/^\d+$/.test(retention.value)) continue;
      const [first] = client.programs;
      const timeout = first && secondsOf(setting(first, 'live_store', 'complete_block_timeout')?.value);
      const needed = 2 * (timeout ?? BLOCK_TIMEOUT);
      const seconds = Number(retention.value) / 1000;
      if (seconds >= needed) continue;
      yield {
        place: retention.place,
        message: `the topic \`${topic.name.value}\` keeps records for ${formatDuration(seconds)}, but a live-store may have to read ${formatDuration(needed)} again`,
        label: `at least ${String(needed * 1000)}`,
        help: 'keep them for a day, or as long as an outage may last',
      };
    }
  },
};
