import { get, object, type Path } from '@lgtm-fleet/manifests';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { inConfig } from '../place.ts';
import { secondsOf } from '@lgtm-fleet/units';
import type { Program } from './program.ts';
import { storeConfigs } from './stores.ts';

export type Signal = 'metrics' | 'logs' | 'traces';

/** How long a store keeps what it has, for all tenants or for one. */
export interface Retention {
  readonly store: 'loki' | 'mimir' | 'tempo' | 'prometheus';
  readonly signal: Signal;
  readonly tenant?: string;
  /** `undefined` where nothing is set. */
  readonly seconds: number | undefined;
  readonly place: Place;
}

interface Key {
  readonly store: Retention['store'];
  readonly signal: Signal;
  readonly path: Path;
}

/** Where each program reads it from; Tempo twice, for who plans and for who deletes. */
const KEYS: readonly Key[] = [
  { store: 'loki', signal: 'logs', path: ['limits_config', 'retention_period'] },
  { store: 'mimir', signal: 'metrics', path: ['limits', 'compactor_blocks_retention_period'] },
  {
    store: 'tempo',
    signal: 'traces',
    path: ['backend_scheduler', 'provider', 'compaction', 'compaction', 'block_retention'],
  },
  { store: 'tempo', signal: 'traces', path: ['backend_worker', 'compaction', 'block_retention'] },
  { store: 'prometheus', signal: 'metrics', path: ['storage', 'tsdb', 'retention', 'time'] },
];

/** Path of the retention in a tenant's entry of the overrides. */
const TENANT_KEYS: Readonly<Record<'loki' | 'mimir' | 'tempo', Path>> = {
  loki: ['retention_period'],
  mimir: ['compactor_blocks_retention_period'],
  tempo: ['compaction', 'block_retention'],
};

/** What the configuration files say for all tenants. */
export function retentionsOf(cluster: ClusterView): readonly Retention[] {
  return KEYS.flatMap(({ store, signal, path }) =>
    configsOf(cluster, store).map((config) => ({
      store,
      signal,
      seconds: secondsOf(get(config.value, ...path)),
      place: inConfig(config, ...path),
    })),
  );
}

/** What the overrides of each store say for a tenant; with `seconds` left out for tenants that they do not name. */
export function tenantRetentions(cluster: ClusterView, tenants: readonly string[]): readonly Retention[] {
  return storeConfigs(cluster).flatMap(({ store, programs }) => {
    const file = programs.map(overridesFile).find((found) => found !== undefined);
    if (file === undefined) return [];
    const signal = KEYS.find((key) => key.store === store)?.signal ?? 'metrics';
    return tenants.map((tenant) => {
      const path = ['overrides', tenant, ...TENANT_KEYS[store]];
      return { store, signal, tenant, seconds: secondsOf(get(file.value, ...path)), place: inConfig(file, ...path) };
    });
  });
}

/** The file of limits by tenant that a store reads while it runs. */
export function overridesFile(program: Program): ConfigFile | undefined {
  const { config, files } = program;
  const named =
    get(config?.value, 'runtime_config', 'file') ?? get(config?.value, 'overrides', 'per_tenant_override_config');
  return files.find(({ path }) => path === named)?.config;
}

/** The tenants that the overrides of a store name. */
export function overriddenTenants(program: Program): readonly string[] {
  return Object.keys(object(overridesFile(program)?.value, 'overrides'));
}

function configsOf(cluster: ClusterView, store: Retention['store']): readonly ConfigFile[] {
  const configs = cluster.programsOf(store).flatMap(({ config }) => (config?.value === undefined ? [] : [config]));
  return [...new Set(configs)];
}
