import type { LogSchema, LokiPlan, ObjectStoragePlan, Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { saysOfKeys } from '../object-storage.ts';
import type { Section } from '../section.ts';
import { grpcOf } from './addresses.ts';

/** Schema, chunks and rules. The schema only ever grows: an entry that has been in use is never changed. */
export function storage(plan: Plan, loki: LokiPlan): Section {
  const { objectStorage } = plan;
  const { earlierSchemas: earlier } = loki;
  const gateways = { index_gateway_client: { server_address: `dns+${grpcOf(plan, 'loki-index-gateway')}` } };
  const inFiles =
    objectStorage.kind !== 'filesystem' && earlier.some(({ objectStore }) => objectStore === 'filesystem');
  const own = `schema_config/configs/${String(earlier.length)}`;
  return {
    value: {
      schema_config: { configs: [...earlier, written(plan, loki)].map(period) },
      storage_config: {
        use_thanos_objstore: true,
        object_store: {
          ...bucket(objectStorage, plan.buckets.loki, OBJECTS),
          ...(inFiles && bucket({ kind: 'filesystem' }, '', OBJECTS)),
        },
        ...(loki.mode === 'distributed' && Object.fromEntries(shippersOf(loki).map((shipper) => [shipper, gateways]))),
      },
      ruler_storage: {
        backend: objectStorage.kind,
        ...bucket(objectStorage, plan.buckets.lokiRuler, '/var/loki/rules'),
      },
    },
    comments: {
      ...(earlier.length > 0 && {
        'schema_config/configs/0':
          'spec.logs.earlierSchemas: by these the lines of their days are found; none is changed',
      }),
      [own]: 'Append a new period with a future date; never change one that has begun',
      [`${own}/from`]: `spec.logs.schemaFrom: fixed, and before the first line${earlier.length > 0 ? ' that is stored by it' : ''}`,
      [`${own}/index/period`]: 'Retention works on daily tables only',
      'storage_config/use_thanos_objstore': 'The client that Loki 4 has by default; the old ones are deprecated',
      ...(objectStorage.kind === 'filesystem'
        ? { 'storage_config/object_store': 'spec.objectStorage: files on the volume, so one replica only' }
        : {
            [`storage_config/object_store/${objectStorage.kind}`]: saysOfKeys(objectStorage),
          }),
      ...(inFiles && {
        'storage_config/object_store/filesystem': 'spec.logs.earlierSchemas: files of the days before the bucket',
      }),
      ...(loki.mode === 'distributed' && {
        'storage_config/tsdb_shipper/index_gateway_client/server_address':
          'Every gateway has every index: any of them may answer',
      }),
    },
  };
}

/** The clients of the index-gateways: one for each kind of index that lines are found by. */
export function shippersOf({ earlierSchemas }: LokiPlan): readonly string[] {
  return [
    'tsdb_shipper',
    ...(earlierSchemas.some(({ store }) => store === 'boltdb-shipper') ? ['boltdb_shipper'] : []),
  ];
}

const OBJECTS = '/var/loki/objects';

/** The schema that lines are stored by from its first day on. */
function written({ objectStorage }: Plan, { schemaFrom }: LokiPlan): LogSchema {
  return { from: schemaFrom, store: 'tsdb', schema: 'v13', indexPrefix: 'index_', objectStore: objectStorage.kind };
}

function period({ from, store, schema, indexPrefix, objectStore }: LogSchema): YamlValue {
  return { from, store, object_store: objectStore, schema, index: { prefix: indexPrefix, period: '24h' } };
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
