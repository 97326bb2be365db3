import { object } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'plain-secret',
    family: 'kubernetes',
    severity: 'error',
    description: 'A Secret with its values is in git.',
    why: 'Whoever reads the repository, now or in its history, has the password; base64 hides nothing.',
    source: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  },
  kinds: ['Secret'],
  *manifest(manifest) {
    for (const field of ['data', 'stringData']) {
      const [key] = Object.keys(object(manifest.body, field));
      if (key === undefined) continue;
      yield {
        // Not at the value: what is shown of a finding ends up in logs.
        place: inManifest(manifest, field),
        message: `the value of \`${key}\` of Secret \`${manifest.name}\` is in git`,
        help: 'replace the Secret by an ExternalSecret, or make it at bootstrap; then change the password, since the history keeps it',
      };
    }
  },
};
