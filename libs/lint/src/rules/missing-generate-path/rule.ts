import { annotationsOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { isOurs, pathOf } from '../../view/applications.ts';
import { foldersBelow } from '../../view/kustomizations.ts';
import { below } from '../../paths.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-generate-path',
    family: 'gitops',
    severity: 'error',
    description: 'Argo CD is not told of a folder that an overlay reads.',
    why: 'A commit there is not rendered: the change arrives with the next unrelated one, or never.',
    source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/#manifest-paths-annotation',
  },
  kinds: ['Application'],
  *manifest(manifest, cluster) {
    const path = pathOf(manifest);
    const said = annotationsOf(manifest)[KEY];
    if (path === undefined || said === undefined || !isOurs(cluster, manifest)) return;
    const covered = said.split(';').map((each) => folderOf(each, path));
    for (const folder of foldersBelow(cluster, path)) {
      if (covered.some((each) => each === folder || folder.startsWith(`${each}/`))) continue;
      yield {
        place: inManifest(manifest, 'metadata', 'annotations', KEY),
        message: `the build of \`${path}\` reads \`${folder}\`, of which Argo CD is not told`,
        help: `add \`/${folder}\``,
      };
    }
  },
};

const KEY = 'argocd.argoproj.io/manifest-generate-paths';

/** The folder, from the root of the repository, that one entry covers. */
function folderOf(entry: string, path: string): string {
  const slash = entry.lastIndexOf('/');
  const folder = slash >= 0 && entry.includes('*', slash) ? entry.slice(0, slash) : entry;
  if (folder.startsWith('/')) return folder.slice(1);
  return below(path, folder);
}
