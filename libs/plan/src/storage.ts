import { bucketNames, bucketSpace, type ClusterSpec } from '@lgtm-fleet/spec';
import { amazonDomain, azureAccess, gcsAccess, s3Access, withKeys } from './cloud-access.ts';
import { keepsFiles } from './modes.ts';
import type { BucketNames, ObjectStoragePlan } from './types.ts';

export function planObjectStorage(cluster: ClusterSpec): ObjectStoragePlan {
  const { objectStorage, kubernetes } = cluster.spec;
  if (objectStorage?.s3 !== undefined) {
    const { s3 } = objectStorage;
    return {
      kind: 's3',
      endpoint: s3.endpoint ?? `s3.${s3.region}.${amazonDomain(s3.region)}`,
      region: s3.region,
      insecure: s3.insecure,
      pathStyle: s3.pathStyle,
      ...s3Access(s3),
    };
  }
  if (objectStorage?.gcs !== undefined) return { kind: 'gcs', ...gcsAccess(objectStorage.gcs) };
  if (objectStorage?.azure !== undefined) {
    const { azure } = objectStorage;
    return {
      kind: 'azure',
      account: azure.storageAccount,
      endpointSuffix: azure.endpointSuffix,
      ...azureAccess(azure),
    };
  }
  if (keepsFiles(cluster)) return { kind: 'filesystem' };
  return {
    kind: 's3',
    endpoint: `seaweedfs.observability.svc.${kubernetes.clusterDomain}:8333`,
    region: 'us-east-1',
    insecure: true,
    pathStyle: true,
    ...withKeys,
  };
}

/** In-cluster buckets are nobody else's, so the cluster's name is prefix enough. */
export function planBuckets(cluster: ClusterSpec): BucketNames {
  return bucketNames(bucketSpace(cluster)?.prefix ?? cluster.metadata.name);
}
