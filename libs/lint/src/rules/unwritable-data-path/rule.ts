import { dataFolders, mountOf } from '../../view/data-folders.ts';
import type { Rule } from '../../types.ts';
import { titleOf } from '../../view/titles.ts';

/** Volumes that no container can write to, whatever its mount says. */
const READ_ONLY = ['configMap', 'secret', 'downwardAPI', 'projected', 'image'];

export const rule: Rule = {
  meta: {
    id: 'unwritable-data-path',
    family: 'storage',
    severity: 'error',
    description: 'A folder that a program writes to is mounted read-only.',
    why: 'The program does not start, or fails at its first write.',
    source: 'https://github.com/grafana/loki/issues/9114',
  },
  *cluster(cluster) {
    for (const { program, what, path, place } of dataFolders(cluster)) {
      const mount = mountOf(program, path);
      if (mount === undefined) continue;
      const ofKind = READ_ONLY.includes(mount.kind);
      if (!mount.readOnly && !ofKind) continue;
      const name = `\`${path}\`, where ${titleOf(program.name)} keeps its ${what},`;
      yield {
        place: ofKind ? place : mount.mountPlace,
        message: ofKind
          ? `${name} lies on \`${mount.name}\`, a volume of kind ${mount.kind}, which is read-only`
          : `${name} lies on \`${mount.name}\`, which is mounted read-only`,
        help: ofKind ? 'name a folder on a volume that can be written to' : 'remove `readOnly` from the mount',
        ...(!ofKind && { remedy: { safe: true, value: false } }),
      };
    }
  },
};
