import { get } from '@lgtm-fleet/manifests';
import { dataFolders, mountOf } from '../../view/data-folders.ts';
import type { Rule } from '../../types.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'unmounted-data-path',
    family: 'storage',
    severity: 'error',
    description: 'A folder that a program writes to lies below none of its mounts.',
    why: 'On a read-only root filesystem the program does not start; on a writable one its data are gone with the container.',
    source: 'https://github.com/grafana/loki/issues/9114',
  },
  *cluster(cluster) {
    for (const { program, what, path, durable, place } of dataFolders(cluster)) {
      const { container, workload } = program;
      if (mountOf(program, path) !== undefined) continue;
      const readOnly = get(container.body, 'securityContext', 'readOnlyRootFilesystem') === true;
      if (!readOnly && !durable) continue;
      yield {
        place,
        message: `\`${path}\`, where ${titleOf(program.name)} keeps its ${what}, lies on no volume of \`${workload.name}\``,
        label: readOnly ? 'cannot be written there' : 'gone with the container',
        help: 'name a folder below one of its mounts, or mount a volume there',
      };
    }
  },
};
