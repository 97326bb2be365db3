import { describe } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { isOurs, pathOf } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'application-without-folder',
    family: 'gitops',
    severity: 'error',
    description: 'An Application syncs a folder from which nothing is built.',
    why: 'It never syncs; with automatic pruning it would delete what it made.',
    source: 'https://argo-cd.readthedocs.io/en/stable/',
  },
  kinds: ['Application'],
  *manifest(manifest, cluster) {
    const path = pathOf(manifest);
    if (path === undefined || !isOurs(cluster, manifest)) return;
    if (cluster.manifests.some(({ folder }) => folder === path)) return;
    yield {
      place: inManifest(manifest, 'spec', 'source', 'path'),
      message: `nothing is built from \`${path}\`, which ${describe(manifest)} syncs`,
      help: 'name the folder of its component',
    };
  },
};
