import type { ClusterSpec } from './schema.ts';

/** Every store's objects are apart: Mimir refuses to start otherwise, and compactors would eat each other's blocks. */
export function bucketNames(prefix: string) {
  return {
    loki: `${prefix}-loki`,
    lokiRuler: `${prefix}-loki-ruler`,
    mimirBlocks: `${prefix}-mimir-blocks`,
    mimirRuler: `${prefix}-mimir-ruler`,
    mimirAlertmanager: `${prefix}-mimir-alertmanager`,
    tempo: `${prefix}-tempo`,
    grafana: `${prefix}-grafana`,
  } as const;
}

/** What the buckets' names begin with, and what no two of them may be alike in. */
export interface BucketSpace {
  readonly prefix: string;
  /** One word for each provider or endpoint, whatever it is called by. */
  readonly within: string;
  readonly kind: 's3' | 'gcs' | 'azure';
  readonly key: 'bucketPrefix' | 'containerPrefix';
}

/** Undefined where objects stay inside the cluster. */
export function bucketSpace({ spec }: ClusterSpec): BucketSpace | undefined {
  const { s3, gcs, azure } = spec.objectStorage ?? {};
  if (s3 !== undefined)
    return { prefix: s3.bucketPrefix, within: providerOf(s3.endpoint), kind: 's3', key: 'bucketPrefix' };
  if (gcs !== undefined) return { prefix: gcs.bucketPrefix, within: 'google', kind: 'gcs', key: 'bucketPrefix' };
  if (azure === undefined) return undefined;
  const within = `${azure.storageAccount}.${azure.endpointSuffix}`;
  return { prefix: azure.containerPrefix, within, kind: 'azure', key: 'containerPrefix' };
}

/** Names of buckets are unique at Amazon and at Google, by whichever of their addresses they are reached. */
function providerOf(endpoint: string | undefined): string {
  const host = endpoint?.toLowerCase().replace(/:(80|443)$/, '') ?? '';
  if (host === '' || /(^|\.)amazonaws\.com$/.test(host)) return 'aws';
  return /(^|\.)storage\.googleapis\.com$/.test(host) ? 'google' : host;
}
