import { get, isObject, text, type JsonObject } from '@lgtm-fleet/manifests';
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
