import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';

const identity = { auth: 'workload-identity' } as const;
const s3 = { region: 'eu-west-1', bucketPrefix: 'acme-test' };
const gcs = { bucketPrefix: 'acme-test' };
const azure = { storageAccount: 'acmetest', containerPrefix: 'acme-test' };
const clientId = '11111111-2222-3333-4444-555555555555';

/** `spec.objectStorage` of every kind and every way to be let in. */
export const storages = {
  's3 with keys': { s3 },
  's3 by IRSA': { s3: { ...s3, ...identity, roleArn: 'arn:aws:iam::111122223333:role/lgtm' } },
  's3 by Pod Identity': { s3: { ...s3, ...identity } },
  'gcs with a key file': { gcs },
  'gcs by a service account': {
    gcs: { ...gcs, ...identity, serviceAccount: 'lgtm-fleet@acme-test.iam.gserviceaccount.com' },
  },
  'gcs by its own ServiceAccounts': { gcs: { ...gcs, ...identity } },
  'azure with a key': { azure },
  'azure by workload identity': { azure: { ...azure, ...identity, clientId } },
} as const;

const modes = {
  monolithic: { kubernetes: { nodes: 1 } },
  'highly available': { kubernetes: { nodes: 3 } },
  distributed: {
    kubernetes: { nodes: 30, zones: ['a', 'b', 'c'] },
    load: { metrics: { activeSeries: '3M' }, logs: { volume: '400GB/day' }, traces: { throughput: '8MB/s' } },
  },
} as const;

/** A plan of each mode on each kind of object storage, by a name for test titles. */
export const cloudPlans: readonly (readonly [string, Plan])[] = Object.entries(storages).flatMap(
  ([storage, objectStorage]) =>
    Object.entries(modes).map(
      ([mode, spec]) => [`${storage}, ${mode}`, planOf({ ...spec, objectStorage }, 'clouds')] as const,
    ),
);

/** The plan on one kind of object storage. */
export function planOn(storage: keyof typeof storages): Plan {
  return planOf({ ...modes['highly available'], objectStorage: storages[storage] }, 'clouds');
}
