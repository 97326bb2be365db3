import type { LokiPlan, ObjectStoragePlan, Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { saysOfKeys } from '../object-storage.ts';
import type { Section } from '../section.ts';
import { grpcOf } from './addresses.ts';

/** Schema, chunks and rules. The schema only ever grows: an entry that has been in use is never changed. */
export function storage(plan: Plan, loki: LokiPlan): Section {
  const { objectStorage } = plan;
  return {
    value: {
      schema_config: {
        configs: [
          {
            from: loki.schemaFrom,
            store: 'tsdb',
            object_store: objectStorage.kind,
            schema: 'v13',
            index: { prefix: 'index_', period: '24h' },
          },
        ],
      },
      storage_config: {
        use_thanos_objstore: true,
        object_store: bucket(objectStorage, plan.buckets.loki, '/var/loki/objects'),
        ...(loki.mode === 'distributed' && {
          tsdb_shipper: { index_gateway_client: { server_address: `dns+${grpcOf(plan, 'loki-index-gateway')}` } },
        }),
      },
      ruler_storage: {
        backend: objectStorage.kind,
        ...bucket(objectStorage, plan.buckets.lokiRuler, '/var/loki/rules'),
      },
    },
    comments: {
      'schema_config/configs/0': 'Append a new period with a future date; never change one that has begun',
      'schema_config/configs/0/from': 'spec.logs.schemaFrom: fixed, and before the first line',
      'schema_config/configs/0/index/period': 'Retention works on daily tables only',
      'storage_config/use_thanos_objstore': 'The client that Loki 4 has by default; the old ones are deprecated',
      ...(objectStorage.kind === 'filesystem'
        ? { 'storage_config/object_store': 'spec.objectStorage: files on the volume, so one replica only' }
        : {
            [`storage_config/object_store/${objectStorage.kind}`]: saysOfKeys(objectStorage),
          }),
      ...(loki.mode === 'distributed' && {
        'storage_config/tsdb_shipper/index_gateway_client/server_address':
          'Every gateway has every index: any of them may answer',
      }),
    },
  };
}

function bucket(storage: ObjectStoragePlan, name: string, folder: string): Readonly<Record<string, YamlValue>> {
  switch (storage.kind) {
    case 'filesystem':
      return { filesystem: { dir: folder } };
    case 'gcs':
      return { gcs: { bucket_name: name } };
    case 'azure':
      return {
        azure: {
          account_name: storage.account,
          container_name: name,
          endpoint_suffix: storage.endpointSuffix,
          ...(storage.auth === 'secret' && { account_key: '${AZURE_STORAGE_KEY}' }),
        },
      };
    case 's3':
      return {
        s3: {
          endpoint: storage.endpoint,
          region: storage.region,
          bucket_name: name,
          insecure: storage.insecure,
          bucket_lookup_type: storage.pathStyle ? 'path' : 'auto',
          ...(storage.auth === 'secret' && {
            access_key_id: '${ACCESS_KEY_ID}',
            secret_access_key: '${SECRET_ACCESS_KEY}',
          }),
        },
      };
  }
}
