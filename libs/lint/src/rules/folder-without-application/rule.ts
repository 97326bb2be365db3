import { type Manifest } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { applicationOf } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'folder-without-application',
    family: 'gitops',
    severity: 'error',
    description: 'No Application syncs an overlay.',
    why: 'What it says is reviewed and merged, and never runs.',
    source: 'https://argo-cd.readthedocs.io/en/stable/',
  },
  *cluster(cluster) {
    // Without any Application there is nothing to compare with.
    if (cluster.ofKind('Application').length === 0) return;
    const folders = Map.groupBy(cluster.manifests, ({ folder }: Manifest) => folder);
    for (const [folder, [first]] of folders) {
      if (first === undefined || !folder.startsWith('overlays/') || applicationOf(cluster, folder) !== undefined)
        continue;
      yield {
        place: inManifest(first, 'metadata', 'name'),
        message: `no Application syncs \`${folder}\``,
        help: 'run `nx run tools:generate-overlay`, or remove the folder',
      };
    }
  },
};
