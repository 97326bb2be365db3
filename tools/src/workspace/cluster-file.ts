import { stringify, type YamlValue } from '@lgtm-fleet/yaml';

export const storageKinds = ['filesystem', 'seaweedfs', 's3', 'gcs', 'azure'] as const;
export type StorageKind = (typeof storageKinds)[number];

export interface Answers {
  readonly name: string;
  readonly nodes: number;
  readonly zones: readonly string[];
  readonly storageClass?: string;
  readonly storage: StorageKind;
  /** For s3. */
  readonly region?: string;
  /** For every cloud. */
  readonly bucketPrefix?: string;
  /** For azure. */
  readonly storageAccount?: string;
  /** Makes the cluster an edge of that hub. */
  readonly hub?: string;
}

/** The text of a new cluster file: what was answered, and nothing that has a default. */
export function clusterFile(answers: Answers): string {
  const edge = answers.hub !== undefined;
  const spec: Record<string, YamlValue> = {
    ...(edge && { role: 'edge', hub: answers.hub }),
    kubernetes: {
      nodes: answers.nodes,
      ...(answers.zones.length > 0 && { zones: answers.zones }),
      ...(answers.storageClass !== undefined && { storageClass: answers.storageClass }),
    },
    ...(!edge && objectStorage(answers)),
  };
  const value: YamlValue = { apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name: answers.name }, spec };
  return stringify(value, { header: ['yaml-language-server: $schema=../../schemas/cluster.schema.json'] });
}

function objectStorage({ storage, nodes, region, bucketPrefix, storageAccount }: Answers): Record<string, YamlValue> {
  switch (storage) {
    case 'filesystem':
      return nodes > 1 ? { objectStorage: { filesystem: {} } } : {};
    case 'seaweedfs':
      return { objectStorage: { seaweedfs: {} } };
    case 's3':
      return { objectStorage: { s3: { region, bucketPrefix } } };
    case 'gcs':
      return { objectStorage: { gcs: { bucketPrefix } } };
    case 'azure':
      return { objectStorage: { azure: { storageAccount, containerPrefix: bucketPrefix } } };
  }
}
