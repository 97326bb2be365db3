import { annotationsOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unprotected-namespace',
    family: 'gitops',
    severity: 'error',
    description: 'Argo CD may delete a Namespace without asking.',
    why: 'One commit that drops it, or one renamed Application, deletes its namespace and everything in it.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
  },
  kinds: ['Namespace'],
  *manifest(manifest) {
    const options = (annotationsOf(manifest)[KEY] ?? '').split(',').map((option) => option.trim());
    for (const word of ['Prune', 'Delete']) {
      if (options.includes(`${word}=confirm`) || options.includes(`${word}=false`)) continue;
      yield {
        place: inManifest(manifest, 'metadata', 'annotations', KEY),
        message: `\`${manifest.name}\` can be ${word === 'Prune' ? 'pruned' : 'deleted with its Application'} without anybody confirming it`,
        help: `add \`${word}=confirm\` to \`${KEY}\``,
      };
    }
  },
};

const KEY = 'argocd.argoproj.io/sync-options';
