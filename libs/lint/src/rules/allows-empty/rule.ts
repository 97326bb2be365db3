import { get } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'allows-empty',
    family: 'gitops',
    severity: 'error',
    description: 'An Application may prune everything that it has.',
    why: 'When a build gives nothing, by a wrong path for one, Argo CD deletes all its objects.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning-with-allow-empty-v18',
  },
  kinds: ['Application'],
  *manifest(manifest) {
    if (get(manifest.body, 'spec', 'syncPolicy', 'automated', 'allowEmpty') !== true) return;
    yield {
      place: inManifest(manifest, 'spec', 'syncPolicy', 'automated', 'allowEmpty'),
      message: `\`${manifest.name}\` may be emptied by a build that gives nothing`,
      help: 'remove `allowEmpty`',
      remedy: { safe: true, value: false },
    };
  },
};
