import { number } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { scalingOf } from '../../view/scaling.ts';

export const rule: Rule = {
  meta: {
    id: 'autoscaler-and-replicas',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A workload that an autoscaler scales has a number of replicas in git.',
    why: 'Every sync sets the number back, so under load pods are taken away that the autoscaler has just added.',
    source: 'https://github.com/grafana-community/helm-charts/issues/421',
  },
  *cluster(cluster) {
    for (const workload of cluster.workloads) {
      const { autoscaler } = scalingOf(workload, cluster);
      const replicas = number(workload.manifest.body, 'spec', 'replicas');
      if (autoscaler === undefined || replicas === undefined) continue;
      yield {
        place: inManifest(workload.manifest, 'spec', 'replicas'),
        message: `\`${workload.name}\` has ${String(replicas)} replicas in git, and ${autoscaler.manifest.kind} \`${autoscaler.manifest.name}\` sets them too`,
        help: 'remove `replicas`; the autoscaler owns the number',
        remedy: { safe: false },
      };
    }
  },
};
