import { get, labelsOf, object, text, type Json, type Path, type Workload } from '@lgtm-fleet/manifests';
import { own } from '../fields/own.ts';
import type { Change } from '../types.ts';
import type { ConfigFile } from './side.ts';

export const STORES = ['mimir', 'loki', 'tempo', 'prometheus'] as const;
export type StoreName = (typeof STORES)[number];

/** A program that keeps telemetry, with the configuration that decides what it keeps. */
export interface Store {
  readonly name: StoreName;
  /** Mimir, as people write it. */
  readonly title: string;
  readonly signal: 'metrics' | 'logs' | 'traces';
  readonly config: Json;
  /** What a tenant has instead of the defaults, by tenant. */
  readonly tenants: Readonly<Record<string, Json>>;
  /** Of each of its processes the flags that it is started with, without dashes. They differ: one Loki deletes, the others do not. */
  readonly processes: readonly Readonly<Record<string, string>>[];
}

const KNOWN: Readonly<
  Record<StoreName, { readonly title: string; readonly signal: Store['signal']; readonly marks: readonly Path[] }>
> = {
  mimir: {
    title: 'Mimir',
    signal: 'metrics',
    marks: [['blocks_storage'], ['limits', 'compactor_blocks_retention_period']],
  },
  loki: { title: 'Loki', signal: 'logs', marks: [['schema_config'], ['limits_config']] },
  tempo: { title: 'Tempo', signal: 'traces', marks: [['storage', 'trace'], ['backend_worker']] },
  prometheus: { title: 'Prometheus', signal: 'metrics', marks: [['storage', 'tsdb'], ['scrape_configs']] },
};

/**
 * The stores of a cluster. A file is a store's configuration when it has the blocks that only that store knows; its
 * overrides are in the files with `overrides:` of ConfigMaps that carry the same name.
 */
export function findStores(files: readonly ConfigFile[], workloads: readonly Workload[]): readonly Store[] {
  return STORES.flatMap((name): readonly Store[] => {
    const { title, signal, marks } = KNOWN[name];
    const own = files.filter((file) => componentOf(file) === name);
    const config = own.find(({ value }) => marks.some((mark) => get(value, ...mark) !== undefined));
    const containers = workloads.flatMap((workload) => workload.containers.filter(({ program }) => program === name));
    if (config === undefined && containers.length === 0) return [];
    return [
      {
        name,
        title,
        signal,
        config: config?.value ?? {},
        tenants: Object.assign(
          Object.create(null) as Record<string, Json>,
          ...own
            .map(({ value }) => object(value, 'overrides'))
            .filter((overrides) => config?.value !== overrides && name !== 'prometheus' && !('defaults' in overrides)),
        ) as Readonly<Record<string, Json>>,
        processes: containers.map(({ args }) => Object.fromEntries(args.flatMap(flagOf))),
      },
    ];
  });
}

/** What each process of a store goes by: its flag, else the file; the file alone where no process is known. */
export function settings(store: Store, flag: string, ...path: Path): readonly (Json | undefined)[] {
  const written = get(store.config, ...path);
  return store.processes.length === 0 ? [written] : store.processes.map((flags) => own(flags, flag) ?? written);
}

function componentOf({ manifest, configMap }: ConfigFile): StoreName | undefined {
  const label = labelsOf(manifest)['app.kubernetes.io/name'];
  return STORES.find((name) => label === name || (label === undefined && configMap.startsWith(name)));
}

function flagOf(arg: string): readonly (readonly [string, string])[] {
  const [, name, value] = /^--?([A-Za-z][^=\s]*)=(.*)$/s.exec(arg) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}

/** Where a store keeps its data: the bucket, or the folder on its volume. */
export interface Location {
  /** What is kept there: `blocks`, `chunks and index`, `rules`. */
  readonly of: string;
  readonly path: Path;
  /** Values that together say where: bucket, prefix, endpoint. */
  readonly value: string;
}

/** Keys that name the bucket, by kind of client. */
const CLOUDS = [
  ['gcs', 'bucket_name'],
  ['azure', 'container_name'],
] as const;
/** Keys that name the account. */
const ACCOUNTS = ['account_name', 'storage_account_name', 'endpoint_suffix'] as const;

/** A bucket of another cloud, in a section that names it. */
function clouds(of: string, ...section: Path): readonly (readonly [of: string, path: Path])[] {
  return [
    ...CLOUDS.map(([kind, key]) => [of, [...section, kind, key]] as const),
    ...ACCOUNTS.map((key) => [of, [...section, 'azure', key]] as const),
  ];
}

const LOCATIONS: Readonly<Record<StoreName, readonly (readonly [of: string, path: Path])[]>> = {
  mimir: [
    ['blocks', ['blocks_storage', 's3', 'bucket_name']],
    ['blocks', ['blocks_storage', 'storage_prefix']],
    ['blocks', ['blocks_storage', 'filesystem', 'dir']],
    ['blocks', ['blocks_storage', 'backend']],
    ['objects', ['common', 'storage', 's3', 'bucket_name']],
    ['objects', ['common', 'storage', 's3', 'endpoint']],
    ['objects', ['common', 'storage', 'backend']],
    ['objects', ['common', 'storage', 'filesystem', 'dir']],
    ['rules', ['ruler_storage', 's3', 'bucket_name']],
    ['rules', ['ruler_storage', 'storage_prefix']],
    ['alert routes', ['alertmanager_storage', 's3', 'bucket_name']],
    ['alert routes', ['alertmanager_storage', 'storage_prefix']],
    ...clouds('blocks', 'blocks_storage'),
    ...clouds('objects', 'common', 'storage'),
    ...clouds('rules', 'ruler_storage'),
    ...clouds('alert routes', 'alertmanager_storage'),
  ],
  loki: [
    ['chunks and index', ['storage_config', 'object_store', 's3', 'bucket_name']],
    ['chunks and index', ['storage_config', 'object_store', 's3', 'endpoint']],
    ['chunks and index', ['storage_config', 'object_store', 'storage_prefix']],
    ['chunks and index', ['storage_config', 'object_store', 'filesystem', 'dir']],
    ['chunks and index', ['storage_config', 'aws', 'bucketnames']],
    ['chunks and index', ['storage_config', 'filesystem', 'directory']],
    ['chunks and index', ['common', 'storage', 's3', 'bucketnames']],
    ['chunks and index', ['common', 'storage', 'filesystem', 'chunks_directory']],
    ['rules', ['ruler_storage', 'backend']],
    ['rules', ['ruler_storage', 's3', 'bucket_name']],
    ...clouds('chunks and index', 'storage_config', 'object_store'),
    ...clouds('rules', 'ruler_storage'),
  ],
  tempo: [
    ['blocks', ['storage', 'trace', 'backend']],
    ['blocks', ['storage', 'trace', 's3', 'bucket']],
    ['blocks', ['storage', 'trace', 's3', 'prefix']],
    ['blocks', ['storage', 'trace', 's3', 'endpoint']],
    ['blocks', ['storage', 'trace', 'local', 'path']],
    ...clouds('blocks', 'storage', 'trace'),
  ],
  prometheus: [],
};

export function locationsOf(store: Store): readonly Location[] {
  const found = LOCATIONS[store.name].flatMap(([of, path]) => {
    const value = get(store.config, ...path);
    return typeof value === 'string' ? [{ of, path, value }] : [];
  });
  const data = store.processes.map((flags) => own(flags, 'storage.tsdb.path')).find((path) => path !== undefined);
  return store.name === 'prometheus' && data !== undefined
    ? [{ of: 'blocks', path: ['--storage.tsdb.path'], value: data }]
    : found;
}

/** `bucket example-mimir-blocks`, or what else is known of the place where a store keeps its data. */
export function whereIsData(store: Store): { readonly noun: string; readonly name: string } {
  const paths: Readonly<Record<StoreName, readonly Path[]>> = {
    mimir: [
      ['blocks_storage', 's3', 'bucket_name'],
      ['common', 'storage', 's3', 'bucket_name'],
    ],
    loki: [
      ['storage_config', 'object_store', 's3', 'bucket_name'],
      ['storage_config', 'aws', 'bucketnames'],
      ['common', 'storage', 's3', 'bucketnames'],
    ],
    tempo: [['storage', 'trace', 's3', 'bucket']],
    prometheus: [],
  };
  const sections: Readonly<Record<StoreName, Path>> = {
    mimir: ['blocks_storage'],
    loki: ['storage_config', 'object_store'],
    tempo: ['storage', 'trace'],
    prometheus: [],
  };
  const others = CLOUDS.map(([kind, key]) => [...sections[store.name], kind, key]);
  const bucket = [...paths[store.name], ...others]
    .map((path) => text(store.config, ...path))
    .find((name) => name !== undefined);
  if (bucket !== undefined) return { noun: 'bucket', name: bucket };
  return { noun: 'the volume of', name: store.title };
}

/** Changes of what a store is configured by: its ConfigMaps, or where none changed the workloads whose flags did. */
export function changesOfStore(changes: readonly Change[], name: StoreName): readonly Change[] {
  const configs = changes.filter((change) => change.kind === 'ConfigMap' && change.name.startsWith(name));
  if (configs.length > 0) return configs;
  return changes.filter(
    ({ kind, after }) =>
      kind !== 'ConfigMap' && after !== undefined && labelsOf(after)['app.kubernetes.io/name'] === name,
  );
}
