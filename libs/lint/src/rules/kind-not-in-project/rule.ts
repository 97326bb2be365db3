import { describe, get, groupOf, list, text, type Manifest } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { applicationOf, projectOf } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'kind-not-in-project',
    family: 'gitops',
    severity: 'error',
    description: 'An Application renders a kind that its project does not allow.',
    why: 'Argo CD refuses to sync the whole Application.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  *cluster(cluster) {
    const refused = new Set<string>();
    for (const manifest of cluster.manifests) {
      const application = applicationOf(cluster, manifest.folder);
      const project = application && projectOf(cluster, application);
      if (project === undefined || allowed(project, manifest)) continue;
      const kind = `${manifest.kind} of ${groupOf(manifest.apiVersion) || 'the core'}`;
      if (refused.has(`${project.name} ${kind}`)) continue;
      refused.add(`${project.name} ${kind}`);
      yield {
        place: inManifest(project, 'spec', listFor(manifest)),
        message: `the project \`${project.name}\` does not allow the kind ${kind}, as which ${describe(manifest)} comes`,
        help: `allow it here, or do without ${describe(manifest)}`,
      };
    }
  },
};

function listFor({ namespace }: Manifest): string {
  return namespace === '' ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist';
}

function allowed(project: Manifest, manifest: Manifest): boolean {
  const { apiVersion, kind, namespace } = manifest;
  const key = listFor(manifest);
  // Without a list, every kind with a namespace is allowed, and none without one.
  if (get(project.body, 'spec', key) === undefined) return namespace !== '';
  return list(project.body, 'spec', key).some((each) => {
    const is = (field: string, value: string): boolean => ['*', value].includes(text(each, field) ?? '');
    return is('group', groupOf(apiVersion)) && is('kind', kind);
  });
}
