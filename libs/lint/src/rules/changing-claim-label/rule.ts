import { list, strings } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

const LABELS = ['app.kubernetes.io/version', 'helm.sh/chart', 'version'];

export const rule: Rule = {
  meta: {
    id: 'changing-claim-label',
    family: 'kubernetes',
    severity: 'error',
    description: 'A claim of a StatefulSet bears a label that changes with every version.',
    why: 'Templates of claims cannot change: at the next upgrade the API server refuses the whole StatefulSet, and the sync fails.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/',
  },
  kinds: ['StatefulSet'],
  *manifest(manifest) {
    for (const [index, claim] of list(manifest.body, 'spec', 'volumeClaimTemplates').entries()) {
      const labels = strings(claim, 'metadata', 'labels');
      const label = LABELS.find((key) => labels[key] !== undefined);
      if (label === undefined) continue;
      yield {
        place: inManifest(manifest, 'spec', 'volumeClaimTemplates', index, 'metadata', 'labels', label),
        message: `the claims of StatefulSet \`${manifest.name}\` bear \`${label}: ${labels[label] ?? ''}\`, which cannot change later`,
        label: 'cannot change',
        help: `keep \`${label}\` off the claims; in a kustomization, \`includeTemplates\` puts labels on them too`,
      };
    }
  },
};
