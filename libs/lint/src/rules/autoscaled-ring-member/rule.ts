import type { Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { brokersOf } from '../../view/kafka.ts';
import { ringsOf, runs } from '../../view/rings.ts';
import { scalingOf } from '../../view/scaling.ts';

export const rule: Rule = {
  meta: {
    id: 'autoscaled-ring-member',
    family: 'rings',
    severity: 'error',
    description: 'An autoscaler changes the number of members that hold data.',
    why: 'It takes members away without handing over what they hold, several at once and whenever load falls: what was not uploaded is lost, or partitions stay without an owner.',
    source: 'https://grafana.com/docs/mimir/latest/manage/run-production-environment/scaling-out/',
  },
  *cluster(cluster) {
    for (const [workload, what] of holders(cluster)) {
      const { autoscaler } = scalingOf(workload, cluster);
      if (autoscaler === undefined) continue;
      yield {
        place: inManifest(autoscaler.manifest, ...autoscaler.targetPath),
        message: `\`${autoscaler.manifest.name}\` scales \`${workload.name}\`, which is one of ${what}`,
        label: 'holds data',
        help: 'remove the autoscaler; change replicas by hand, one member of one zone at a time',
      };
    }
  },
};

/** Workloads whose pods hold data that is nowhere else yet, or own a part of it, each once. */
function holders(cluster: ClusterView): ReadonlyMap<Workload, string> {
  const builders = cluster.programsOf('tempo').filter((program) => runs(program, 'block-builder'));
  return new Map([
    ...ringsOf(cluster).flatMap(({ workloads, name }) => workloads.map((workload) => [workload, name] as const)),
    ...builders.map(({ workload }) => [workload, "tempo's block-builders"] as const),
    ...brokersOf(cluster).map(({ workload }) => [workload, "kafka's brokers"] as const),
  ]);
}
