import { list, text } from '@lgtm-fleet/manifests';
import { formatQuantity, parseBytes } from '@lgtm-fleet/units';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'volume-below-plan',
    family: 'storage',
    severity: 'warning',
    description: 'A volume is smaller than the load in the cluster file needs.',
    why: 'A full volume stops writes, and a claim cannot be made larger through the StatefulSet that made it.',
    source: 'https://grafana.com/docs/mimir/latest/manage/run-production-environment/planning-capacity/',
  },
  *cluster(cluster) {
    const planned = cluster.plan.components.flatMap(({ workloads }) => workloads);
    for (const manifest of cluster.ofKind('StatefulSet')) {
      const workload = planned.find(
        ({ name, zonal }) => name === manifest.name || (zonal && manifest.name.replace(/-zone-[abc]$/, '') === name),
      );
      if (workload?.volumeBytes === undefined) continue;
      for (const [index, claim] of list(manifest.body, 'spec', 'volumeClaimTemplates').entries()) {
        const size = text(claim, 'spec', 'resources', 'requests', 'storage');
        const bytes = parseBytes(size ?? '');
        if (text(claim, 'metadata', 'name') !== 'data' || !bytes.ok || bytes.value >= workload.volumeBytes) continue;
        const needed = formatQuantity(workload.volumeBytes);
        yield {
          place: inManifest(
            manifest,
            ...['spec', 'volumeClaimTemplates', index, 'spec', 'resources', 'requests', 'storage'],
          ),
          message: `the volume of \`${manifest.name}\` has \`${size ?? ''}\`, but its load needs \`${needed}\``,
          label: `\`${needed}\` by the plan`,
          help: 'run `nx run tools:plan` to see what it is made of, and take its size',
        };
      }
    }
  },
};
