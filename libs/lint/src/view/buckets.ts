import { get, object, text, type Json, type Path } from '@lgtm-fleet/manifests';
import type { BucketNames } from '@lgtm-fleet/plan';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import { isLiteral, storeConfigs, type StoreConfig } from './stores.ts';

/** Where a store keeps one kind of its objects. */
export interface Bucket {
  readonly store: StoreConfig;
  /** The plan's name of it. */
  readonly purpose: keyof BucketNames;
  /** As messages name it: `Mimir's blocks`. */
  readonly what: string;
  /** `s3`, `gcs`, `azure`, `filesystem` … */
  readonly backend: string;
  /** Name of the bucket or container; the folder where objects are files. */
  readonly name: string;
  /** Empty where the bucket is its own. */
  readonly prefix: string;
  /** For Azure: the account and what comes after it. */
  readonly endpoint: string;
  readonly place: Place;
  /** The settings of the client, with what a common section says filled in, and where they stand. */
  readonly client: Json;
  readonly clientPath: Path;
}

/** Every place where the stores of a cluster keep objects, as their files say. */
export function bucketsOf(cluster: ClusterView): readonly Bucket[] {
  return storeConfigs(cluster).flatMap((store) => {
    if (store.store === 'loki') return lokiBuckets(store);
    return store.store === 'mimir' ? mimirBuckets(store) : tempoBuckets(store);
  });
}

function lokiBuckets(store: StoreConfig): readonly Bucket[] {
  const { value } = store.config;
  const common = { section: ['common', 'storage'] };
  const thanos = get(value, 'storage_config', 'use_thanos_objstore') === true;
  const section = thanos ? ['storage_config', 'object_store'] : ['storage_config'];
  const prefix = text(value, 'storage_config', 'object_store', 'storage_prefix') ?? '';
  const backends = new Set(periodStores(value));
  return [
    ...[...backends].flatMap((backend) =>
      bucket(store, 'loki', "Loki's chunks", backend, [section, common.section], prefix),
    ),
    ...bucket(
      store,
      'lokiRuler',
      "Loki's rules",
      text(value, 'ruler_storage', 'backend'),
      [['ruler_storage']],
      text(value, 'ruler_storage', 'storage_prefix') ?? '',
    ),
  ];
}

function periodStores(value: Json | undefined): readonly string[] {
  const periods = get(value, 'schema_config', 'configs');
  return Array.isArray(periods) ? periods.flatMap((period: Json) => text(period, 'object_store') ?? []) : [];
}

function mimirBuckets(store: StoreConfig): readonly Bucket[] {
  const { value } = store.config;
  const parts = [
    ['mimirBlocks', "Mimir's blocks", 'blocks_storage'],
    ['mimirRuler', "Mimir's rules", 'ruler_storage'],
    ['mimirAlertmanager', "Mimir's alerting routes", 'alertmanager_storage'],
  ] as const;
  return parts.flatMap(([purpose, what, section]) =>
    bucket(
      store,
      purpose,
      what,
      text(value, section, 'backend') ?? text(value, 'common', 'storage', 'backend'),
      [[section], ['common', 'storage']],
      text(value, section, 'storage_prefix') ?? '',
    ),
  );
}

function tempoBuckets(store: StoreConfig): readonly Bucket[] {
  const backend = text(store.config.value, 'storage', 'trace', 'backend');
  const prefix = text(store.config.value, 'storage', 'trace', backend ?? '', 'prefix') ?? '';
  return bucket(store, 'tempo', "Tempo's blocks", backend, [['storage', 'trace']], prefix);
}

/** Keys that name the bucket, by what the clients of the three stores call it. */
const NAMES = [
  'bucket_name',
  'bucket',
  'bucketnames',
  'container_name',
  'dir',
  'directory',
  'path',
  'chunks_directory',
];

function bucket(
  store: StoreConfig,
  purpose: Bucket['purpose'],
  what: string,
  backend: string | undefined,
  sections: readonly Path[],
  prefix: string,
): readonly Bucket[] {
  if (backend === undefined) return [];
  const { value } = store.config;
  const paths = sections.map((section) => [...section, backend]);
  const client = Object.assign({}, ...paths.toReversed().map((path) => object(value, ...path))) as Json;
  for (const path of paths) {
    const key = NAMES.find((candidate) => isLiteral(get(value, ...path, candidate)));
    const name = key === undefined ? undefined : text(value, ...path, key);
    if (key === undefined || name === undefined) continue;
    const where = backend === 'azure' ? ACCOUNTS.find((one) => isLiteral(get(client, one))) : 'endpoint';
    const endpoint = backend === 'azure' ? azureHost(client, where) : (text(client, 'endpoint') ?? '');
    const clientPath =
      paths.find((candidate) => where !== undefined && get(value, ...candidate, where) !== undefined) ?? path;
    const place = store.at(...path, key);
    return [{ store, purpose, what, backend, name, prefix, endpoint, place, client, clientPath }];
  }
  return [];
}

/** Keys that name the storage account. */
export const ACCOUNTS = ['account_name', 'storage_account_name'];

function azureHost(client: Json, account: string | undefined): string {
  const name = account === undefined ? undefined : text(client, account);
  return name === undefined ? '' : `${name}.${text(client, 'endpoint_suffix') ?? 'blob.core.windows.net'}`;
}
