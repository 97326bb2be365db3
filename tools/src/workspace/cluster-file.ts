import { stringify, type YamlValue } from '@lgtm-fleet/yaml';

export interface Answers {
  readonly name: string;
  readonly nodes: number;
  readonly zones: readonly string[];
  readonly storageClass?: string;
  readonly storage: 'filesystem' | 'seaweedfs' | 's3';
  readonly region?: string;
  readonly bucketPrefix?: string;
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
    ...(!edge && answers.storage === 'seaweedfs' && { objectStorage: { seaweedfs: {} } }),
    ...(!edge && answers.storage === 'filesystem' && answers.nodes > 1 && { objectStorage: { filesystem: {} } }),
    ...(!edge &&
      answers.storage === 's3' && {
        objectStorage: { s3: { region: answers.region, bucketPrefix: answers.bucketPrefix } },
      }),
  };
  const value: YamlValue = { apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name: answers.name }, spec };
  return stringify(value, { header: ['yaml-language-server: $schema=../../schemas/cluster.schema.json'] });
}
