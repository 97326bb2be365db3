import { bucketNames, type ClusterSpec } from '@lgtm-fleet/spec';
import { keepsFiles } from './modes.ts';
import type { BucketNames, ObjectStoragePlan } from './types.ts';

export function planObjectStorage(cluster: ClusterSpec): ObjectStoragePlan {
  const { objectStorage, kubernetes } = cluster.spec;
  if (objectStorage?.s3 !== undefined) {
    const { s3 } = objectStorage;
    return {
      kind: 's3',
      endpoint: s3.endpoint ?? `s3.${s3.region}.amazonaws.com`,
      region: s3.region,
      insecure: s3.insecure,
      pathStyle: s3.pathStyle,
      auth: s3.auth,
      serviceAccountAnnotations: s3.roleArn === undefined ? {} : { 'eks.amazonaws.com/role-arn': s3.roleArn },
    };
  }
  if (keepsFiles(cluster)) return { kind: 'filesystem' };
  return {
    kind: 's3',
    endpoint: `seaweedfs.observability.svc.${kubernetes.clusterDomain}:8333`,
    region: 'us-east-1',
    insecure: true,
    pathStyle: true,
    auth: 'secret',
    serviceAccountAnnotations: {},
  };
}

/** In-cluster buckets are nobody else's, so the cluster's name is prefix enough. */
export function planBuckets(cluster: ClusterSpec): BucketNames {
  return bucketNames(cluster.spec.objectStorage?.s3?.bucketPrefix ?? cluster.metadata.name);
}
