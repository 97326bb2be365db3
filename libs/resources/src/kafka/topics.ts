import type { KafkaPlan } from '@lgtm-fleet/plan';

/**
 * The table that the job kafka-topics reads, a topic a line: name, partitions, replicas, settings.
 * The job makes what is missing, raises partitions, sets the settings, and never takes away.
 */
export function topicsTable(plan: KafkaPlan): string {
  const lines = plan.topics.map(({ name, partitions, retentionSeconds, maxMessageBytes }) => {
    const settings = [
      `retention.ms=${String(retentionSeconds * 1000)}`,
      `max.message.bytes=${String(maxMessageBytes)}`,
      `min.insync.replicas=${String(plan.minInSyncReplicas)}`,
    ];
    return `${name} ${String(partitions)} ${String(plan.replicationFactor)} ${settings.join(',')}`;
  });
  return ['# name, partitions, replicas, settings', ...lines, ''].join('\n');
}
