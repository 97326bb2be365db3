import { dataFolders, mountOf } from '../../view/data-folders.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'data-on-empty-dir',
    family: 'storage',
    severity: 'error',
    description: 'A program keeps what nobody else has on a volume that goes with its pod.',
    why: 'A pod that is evicted, or moved to another node, takes along what it had acknowledged and not uploaded.',
    source: 'https://github.com/grafana/loki/issues/10743',
  },
  *cluster(cluster) {
    for (const { program, what, path, durable } of dataFolders(cluster)) {
      const mount = durable ? mountOf(program, path) : undefined;
      if (mount?.kind !== 'emptyDir') continue;
      yield {
        place: mount.place,
        message: `container \`${program.container.name}\` keeps its ${what}, \`${path}\`, on the volume \`${mount.name}\`, which goes with the pod`,
        label: 'lost with the pod',
        help: `claim a volume for \`${mount.name}\` in the \`volumeClaimTemplates\` of a StatefulSet`,
      };
    }
  },
};
