import type { Plan } from '@lgtm-fleet/plan';
import { brief, containersOf, complaintsOf, onPod } from '../../containers.ts';
import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { subject } from '../../subjects.ts';
import type { Check, Found } from '../../types.ts';

/** What object storage says, and what it means. The first that fits a line holds. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/InvalidAccessKeyId|access key (?:ID )?you provided does not exist/i, 'does not know the access key'],
  [/SignatureDoesNotMatch|request signature we calculated/i, 'says that the secret key is wrong'],
  [/NoSuchBucket|bucket does not exist|ContainerNotFound/i, 'has no such bucket'],
  [/ExpiredToken|InvalidToken|token.{0,40}expired/i, 'says that the token has ended'],
  [
    /AuthorizationPermissionMismatch|AuthenticationFailed|storage\.objects\.\w+ (?:access|denied)/i,
    'refuses the credentials',
  ],
  [/AccessDenied|Access Denied|status ?code:? 403/i, 'refuses access'],
];
/** Others than object storage say this, too. */
const GENERAL = new Set(['refuses access', 'says that the token has ended']);
const ABOUT_STORAGE = /s3|bucket|object|blob|storage|gcs|thanos|minio|aws/i;

export const check: Check = {
  id: 'object-storage-refusing',
  layer: 'inputs',
  runbook: 'object-storage-refusing',
  find: (view) => {
    const found = containersOf(view).flatMap(({ pod, name, ended }) => {
      // It is asked by others, and goes on telling of their mistakes when they are mended.
      if (onPod(pod).about.includes('seaweedfs')) return [];
      const lines = [...complaintsOf(view, pod, name), ended?.message ?? ''];
      for (const [pattern, means] of WORDS) {
        const line = lines.findLast((one) => pattern.test(one) && (!GENERAL.has(means) || ABOUT_STORAGE.test(one)));
        if (line !== undefined) return [{ pod, name, line, means }];
      }
      return [];
    });
    const bySaying = Map.groupBy(found, ({ means }) => means);
    return [...bySaying].map(([means, all]): Found => {
      const parts = [...new Set(all.flatMap(({ pod }) => onPod(pod).about))];
      return {
        severity: 'error',
        what: `object storage ${means}`,
        where: placeFor(view.plan, means),
        why: all.slice(0, 4).map(({ pod, name, line }) => `${pod.metadata.name}/${name}: ${brief(line)}`),
        next: describe('Secret', 'observability', 'object-storage'),
        about: [...parts, subject('object-storage')],
      };
    });
  },
};

/** What is to be mended: the keys, unless it is the buckets. */
function placeFor({ objectStorage: own }: Plan, means: string): string {
  const keys = own.kind !== 'filesystem' && own.auth === 'secret' && !means.includes('bucket');
  if (keys) return placeOf('Secret', 'observability', 'object-storage');
  return `object-storage ${own.kind === 's3' ? own.endpoint : own.kind}`;
}
