import { bucketsOf, type Bucket } from '../../view/buckets.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'store-shares-bucket',
    family: 'storage',
    severity: 'error',
    description: 'Two kinds of objects are kept in one bucket under one prefix.',
    why: 'Each store lists, compacts and deletes what it finds; what another one has put there is in its way, or gone.',
    source: 'https://github.com/grafana/mimir/issues/7606',
  },
  *cluster(cluster) {
    const seen = new Map<string, Bucket>();
    for (const bucket of bucketsOf(cluster)) {
      const key = [bucket.backend, bucket.endpoint, bucket.name, bucket.prefix].join(' ');
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, bucket);
        continue;
      }
      if (first.purpose === bucket.purpose) continue;
      const where = bucket.backend === 'filesystem' || bucket.backend === 'local' ? 'the folder' : 'the bucket';
      yield {
        place: bucket.place,
        message: `${bucket.what} are kept in ${where} \`${bucket.name}\`, where ${first.what} already are`,
        label: `also ${first.what}`,
        help: `give ${bucket.what} ${where.replace('the', 'a')} of their own`,
      };
    }
  },
};
