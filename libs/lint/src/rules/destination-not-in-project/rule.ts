import { list, text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import { projectOf } from '../../view/applications.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'destination-not-in-project',
    family: 'gitops',
    severity: 'error',
    description: 'An Application writes into a namespace that its project does not allow.',
    why: 'Argo CD refuses the Application.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  kinds: ['Application'],
  *manifest(manifest, cluster) {
    const project = projectOf(cluster, manifest);
    const namespace = text(manifest.body, 'spec', 'destination', 'namespace');
    if (project === undefined || namespace === undefined) return;
    const allowed = list(project.body, 'spec', 'destinations').map((each) => text(each, 'namespace') ?? '');
    if (allowed.some((each) => each === '*' || each === namespace)) return;
    yield {
      place: inManifest(manifest, 'spec', 'destination', 'namespace'),
      message: `the project \`${project.name}\` does not allow the namespace \`${namespace}\``,
      help: `it allows ${allowed.join(', ')}`,
    };
  },
};
