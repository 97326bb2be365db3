import { list, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { projectOf } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'source-not-in-project',
    family: 'gitops',
    severity: 'error',
    description: 'An Application reads a repository that its project does not allow.',
    why: 'Argo CD refuses the Application.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  kinds: ['Application'],
  *manifest(manifest, cluster) {
    const project = projectOf(cluster, manifest);
    const repository = text(manifest.body, 'spec', 'source', 'repoURL');
    if (project === undefined || repository === undefined) return;
    const allowed = list(project.body, 'spec', 'sourceRepos');
    if (allowed.includes('*') || allowed.includes(repository)) return;
    yield {
      place: inManifest(manifest, 'spec', 'source', 'repoURL'),
      message: `the project \`${project.name}\` does not allow \`${repository}\``,
      help: 'name it in `sourceRepos` of the project, or read from one that is there',
    };
  },
};
