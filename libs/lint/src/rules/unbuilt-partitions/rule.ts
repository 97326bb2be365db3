import type { Rule } from '../../types.ts';
import { kafkaClients } from '../../view/kafka.ts';
import { ownersOf } from '../../view/partitions.ts';
import { flag, setting } from '../../view/program.ts';
import { runs } from '../../view/rings.ts';

export const rule: Rule = {
  meta: {
    id: 'unbuilt-partitions',
    family: 'kafka',
    severity: 'error',
    description: "Tempo's block-builders do not cover all partitions that are written to.",
    why: 'Nobody makes blocks of the others: their traces can be queried for some minutes, and are gone when Kafka deletes them.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/configure-kafka/',
  },
  *cluster(cluster) {
    for (const client of kafkaClients(cluster)) {
      const owners = ownersOf(client, cluster);
      if (client.store !== 'tempo' || owners === undefined) continue;
      for (const program of client.programs) {
        if (!runs(program, 'block-builder')) continue;
        const { workload } = program;
        const perInstance = setting(program, 'block_builder', 'partitions_per_instance');
        const each = perInstance?.value;
        const listed =
          setting(program, 'block_builder', 'assigned_partitions') ??
          flag(program, 'block-builder.assigned-partitions');
        if (perInstance === undefined || typeof each !== 'number' || each === 0 || listed !== undefined) continue;
        const covered = (workload.replicas ?? 0) * each;
        if (covered >= owners.count) continue;
        yield {
          place: perInstance.place,
          message: `${String(workload.replicas ?? 0)} block-builders take ${String(covered)} of ${String(owners.count)} partitions, ${String(each)} each`,
          label: `at least ${String(Math.ceil(owners.count / (workload.replicas ?? 1)))}`,
          help: 'raise `block_builder.partitions_per_instance`, or the replicas',
        };
      }
    }
  },
};
