import { list, text, type Path } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'unprotected-claim',
    family: 'gitops',
    severity: 'error',
    description: 'Argo CD may delete a claim without asking.',
    why: 'One commit that drops it, or one renamed Application, deletes the volume, and what is on it.',
    source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
  },
  kinds: ['PersistentVolumeClaim', 'StatefulSet'],
  *manifest(manifest) {
    const claims =
      manifest.kind === 'StatefulSet'
        ? list(manifest.body, 'spec', 'volumeClaimTemplates').map((claim, index) => ({
            claim,
            path: ['spec', 'volumeClaimTemplates', index] as Path,
          }))
        : [{ claim: manifest.body, path: [] }];
    for (const { claim, path } of claims) {
      const options = (text(claim, 'metadata', 'annotations', KEY) ?? '').split(',').map((option) => option.trim());
      for (const word of ['Prune', 'Delete']) {
        if (options.includes(`${word}=confirm`) || options.includes(`${word}=false`)) continue;
        yield {
          place: inManifest(manifest, ...path, 'metadata', 'annotations', KEY),
          message: `the claim \`${text(claim, 'metadata', 'name') ?? ''}\` can be ${word === 'Prune' ? 'pruned' : 'deleted with its Application'} without anybody confirming it`,
          help: `add \`${word}=confirm\` to \`${KEY}\``,
        };
      }
    }
  },
};

const KEY = 'argocd.argoproj.io/sync-options';
