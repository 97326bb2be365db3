import { inManifest } from '../../place.ts';
import { labelsOf } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['privileged', 'baseline', 'restricted'];

export const rule: Rule = {
  meta: {
    id: 'namespace-without-pod-security',
    family: 'kubernetes',
    severity: 'warning',
    description: 'A namespace enforces no Pod Security level.',
    why: 'It takes any pod: one that somebody makes there by hand can be privileged and have the node.',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  },
  kinds: ['Namespace'],
  *manifest(manifest) {
    const level = labelsOf(manifest)[LABEL];
    if (level !== undefined && LEVELS.includes(level)) return;
    yield {
      place: inManifest(manifest, 'metadata', 'labels', LABEL),
      message:
        level === undefined
          ? `namespace \`${manifest.name}\` enforces no Pod Security level`
          : `\`${level}\` is no Pod Security level, and the API server refuses namespace \`${manifest.name}\``,
      help: `set the label \`${LABEL}\` to \`restricted\`, or to what its pods need`,
    };
  },
};
