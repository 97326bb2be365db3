import { get } from '@lgtm-fleet/manifests';
import type { ObjectStoragePlan } from '@lgtm-fleet/plan';
import { ACCOUNTS, bucketsOf, type Bucket } from '../../view/buckets.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'bucket-differs-from-plan',
    family: 'storage',
    severity: 'error',
    description: 'A store keeps its objects in another bucket, or at another address, than the cluster file says.',
    why: 'A store that is pointed at another bucket starts empty: everything that it had is still there, and nobody finds it.',
    source: 'https://github.com/grafana/loki/issues/2201',
  },
  *cluster(cluster) {
    const { objectStorage, buckets } = cluster.plan;
    if (objectStorage.kind === 'filesystem') return;
    const endpoint = endpointOf(objectStorage);
    for (const bucket of bucketsOf(cluster)) {
      if ((bucket.backend === 'aws' ? 's3' : bucket.backend) !== objectStorage.kind) continue;
      const planned = buckets[bucket.purpose];
      if (bucket.name !== planned) {
        yield {
          place: bucket.place,
          message: `${bucket.what} are kept in the bucket \`${bucket.name}\`, not in \`${planned}\``,
          label: `\`${planned}\` by the plan`,
          help: 'change `spec.objectStorage` if the bucket is really to change, and move the objects first',
          derivedFrom: ['spec', 'objectStorage'],
        };
      }
      if (bucket.endpoint !== '' && endpoint !== '' && bucket.endpoint !== endpoint) {
        yield {
          place: bucket.store.at(...bucket.clientPath, keyOf(bucket)),
          message: `${bucket.what} are kept at \`${bucket.endpoint}\`, not at \`${endpoint}\``,
          label: `\`${endpoint}\` by the plan`,
          help: 'change `spec.objectStorage` if the objects really are elsewhere',
          derivedFrom: ['spec', 'objectStorage'],
        };
      }
    }
  },
};

/** Empty where the provider has one address for all. */
function endpointOf(storage: Exclude<ObjectStoragePlan, { readonly kind: 'filesystem' }>): string {
  if (storage.kind === 'azure') return `${storage.account}.${storage.endpointSuffix}`;
  return storage.kind === 's3' ? storage.endpoint : '';
}

/** The key that says where. */
function keyOf({ client }: Bucket): string {
  return ACCOUNTS.find((key) => get(client, key) !== undefined) ?? 'endpoint';
}
