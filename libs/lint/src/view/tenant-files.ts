import { get, isObject, text, type JsonObject } from '@lgtm-fleet/manifests';
import type { Plan, ReadIds } from '@lgtm-fleet/plan';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import type { Program } from './program.ts';

export type TenantStore = 'loki' | 'mimir' | 'tempo';

/** A store's file with limits of single tenants. */
export interface Overrides {
  readonly store: TenantStore;
  readonly program: Program;
  readonly config: ConfigFile;
  /** By tenant. */
  readonly tenants: JsonObject;
}

/** What each store keeps. */
export const SIGNAL_OF: Readonly<Record<TenantStore, keyof ReadIds>> = {
  loki: 'logs',
  mimir: 'metrics',
  tempo: 'traces',
};

/** Every id under which a store has data by the plan: tenants, and what one of them adopts. */
export function idsIn({ tenants }: Plan, store: TenantStore): readonly string[] {
  return tenants.flatMap(({ name, adopts }) => [name, ...(adopts === undefined ? [] : [adopts[SIGNAL_OF[store]]])]);
}

const FILES: readonly (readonly [TenantStore, ...(readonly string[])])[] = [
  ['loki', 'runtime_config', 'file'],
  ['mimir', 'runtime_config', 'file'],
  ['tempo', 'overrides', 'per_tenant_override_config'],
];

/** The overrides files that the stores read, one a store. */
export function overridesOf(cluster: ClusterView): readonly Overrides[] {
  return FILES.flatMap(([store, ...path]) => {
    for (const program of cluster.programsOf(store)) {
      const file = text(program.config?.value, ...path);
      const config = program.files.find((mounted) => mounted.path === file)?.config;
      if (config === undefined) continue;
      const tenants = get(config.value, 'overrides');
      return [{ store, program, config, tenants: isObject(tenants) ? tenants : {} }];
    }
    return [];
  });
}
