import { list, type Path } from '@lgtm-fleet/manifests';
import { inFile } from '../../place.ts';
import type { Rule } from '../../types.ts';

const REMOTE = /:\/\/|^git@|^[\w.-]+\.\w+\/[\w.-]+\/|\?ref=/;

export const rule: Rule = {
  meta: {
    id: 'remote-base',
    family: 'gitops',
    severity: 'error',
    description: 'A kustomization reads resources from another server.',
    why: 'Every sync then depends on that server, and on nobody moving the tag: what was reviewed is not what runs.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/',
  },
  *cluster({ kustomizations }) {
    for (const { file, value } of kustomizations) {
      for (const key of ['resources', 'components']) {
        for (const [index, entry] of list(value, key).entries()) {
          if (typeof entry !== 'string' || !REMOTE.test(entry)) continue;
          const path: Path = [key, index];
          yield {
            place: inFile(file, ...path),
            message: `\`${entry}\` is read from another server at every build`,
            help: 'let an Application of its own sync it from its repository, pinned',
          };
        }
      }
    }
  },
};
