import { text } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

const POLICY = ['spec', 'persistentVolumeClaimRetentionPolicy'] as const;
const WHEN = { whenDeleted: 'when it is deleted', whenScaled: 'when it is scaled down' } as const;

export const rule: Rule = {
  meta: {
    id: 'claims-deleted-with-set',
    family: 'storage',
    severity: 'error',
    description: 'A StatefulSet deletes its claims, and with them its data, when it is deleted or scaled down.',
    why: 'A rename, a wrong prune or a scale-down for a test then costs what only those volumes had.',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  },
  kinds: ['StatefulSet'],
  *manifest(manifest) {
    for (const [key, when] of Object.entries(WHEN)) {
      if (text(manifest.body, ...POLICY, key) !== 'Delete') continue;
      yield {
        place: inManifest(manifest, ...POLICY, key),
        message: `\`${manifest.name}\` deletes its claims ${when}`,
        help: `set \`${key}: Retain\`, and delete claims by hand`,
        remedy: { safe: true, value: 'Retain' },
      };
    }
  },
};
