import type { DatabaseBackup, ObjectStoragePlan, Plan } from '@lgtm-fleet/plan';
import { formatDuration } from '@lgtm-fleet/units';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { saysOfKeys } from '../object-storage.ts';
import type { ConfigFile } from '../types.ts';

/** As `database/path` of Grafana's own settings has it. */
export const DATABASE = '/var/grafana/grafana.db';

type Cloud = Exclude<ObjectStoragePlan, { readonly kind: 'filesystem' }>;

/** What Litestream, beside Grafana, copies where. */
export function backupFile(plan: Plan, { snapshotSeconds, keepSeconds }: DatabaseBackup): ConfigFile {
  const { objectStorage } = plan;
  if (objectStorage.kind === 'filesystem')
    throw new Error(`cluster '${plan.cluster}': a backup where there is no object storage`);
  const replica = replicaOf(plan, objectStorage);
  return {
    name: 'litestream.yml',
    configMap: 'grafana-backup',
    hashed: true,
    form: 'yaml',
    value: {
      logging: { type: 'json', level: 'info' },
      snapshot: { interval: formatDuration(snapshotSeconds), retention: `${String(keepSeconds / 3600)}h` },
      dbs: [{ path: DATABASE, replica }],
    },
    comments: {
      'snapshot/interval': 'The whole database; what changes in between follows within seconds',
      'snapshot/retention': 'So far back any moment can be restored',
      'dbs/0/replica': `${saysOfKeys(objectStorage)}; a bucket of its own`,
    },
  };
}

function replicaOf({ buckets }: Plan, cloud: Cloud): Readonly<Record<string, YamlValue>> {
  const secret = cloud.auth === 'secret';
  const place = { bucket: buckets.grafana, path: 'grafana.db' };
  switch (cloud.kind) {
    case 'gcs':
      return { type: 'gs', ...place };
    case 'azure':
      return {
        type: 'abs',
        ...place,
        'account-name': cloud.account,
        endpoint: `https://${cloud.account}.${cloud.endpointSuffix}`,
        ...(secret && { 'account-key': '${AZURE_STORAGE_KEY}' }),
      };
    case 's3':
      return {
        type: 's3',
        ...place,
        endpoint: `${cloud.insecure ? 'http' : 'https'}://${cloud.endpoint}`,
        region: cloud.region,
        'force-path-style': cloud.pathStyle,
        ...(secret && { 'access-key-id': '${ACCESS_KEY_ID}', 'secret-access-key': '${SECRET_ACCESS_KEY}' }),
      };
  }
}
