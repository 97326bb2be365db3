import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { positionalSources } from '../../view/alloy-configs.ts';
import { scalingOf } from '../../view/scaling.ts';

export const rule: Rule = {
  meta: {
    id: 'autoscaled-positional-source',
    family: 'alloy',
    severity: 'warning',
    description: 'An autoscaler changes the number of Alloys that remember how far they have read.',
    why: 'Each new pod knows nothing of what the others have read, and takes it in again; each pod that goes takes its positions along.',
    source: 'https://grafana.com/docs/alloy/latest/set-up/deploy/',
  },
  *cluster(cluster) {
    for (const program of cluster.programsOf('alloy')) {
      const { autoscaler } = scalingOf(program.workload, cluster);
      const [source] = positionalSources(cluster, program);
      if (autoscaler === undefined || source === undefined) continue;
      yield {
        place: inManifest(autoscaler.manifest, ...autoscaler.targetPath),
        message: `\`${autoscaler.manifest.name}\` scales \`${program.workload.name}\`, which has a \`${source}\``,
        label: 'remembers positions',
        help: 'collect logs with a DaemonSet, and scale only what gets telemetry pushed',
      };
    }
  },
};
