import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'default-project',
    family: 'gitops',
    severity: 'error',
    description: 'An Application is in the project `default`.',
    why: 'That project may read any repository and write anything anywhere.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/projects/',
  },
  kinds: ['Application'],
  *manifest(manifest) {
    const project = text(manifest.body, 'spec', 'project');
    if (project !== undefined && project !== 'default' && project !== '') return;
    yield {
      place: inManifest(manifest, 'spec', 'project'),
      message: `the Application \`${manifest.name}\` is in the project \`default\``,
      help: 'name the project of its cluster',
    };
  },
};
