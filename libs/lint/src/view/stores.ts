import { inConfig } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import type { Program } from './program.ts';

export type StoreName = 'loki' | 'mimir' | 'tempo';
export const STORES: readonly StoreName[] = ['loki', 'mimir', 'tempo'];

/** A configuration file of a store, and the programs that read it: all roles of a store share one. */
export interface StoreConfig {
  readonly store: StoreName;
  readonly config: ConfigFile;
  readonly programs: readonly Program[];
  /** A place in the file. */
  readonly at: (...path: readonly (string | number)[]) => Place;
}

/** The configuration files of one store, or of all of them. */
export function storeConfigs(cluster: ClusterView, only?: StoreName): readonly StoreConfig[] {
  const names = only === undefined ? STORES : [only];
  return names.flatMap((store) => {
    const byConfig = Map.groupBy(cluster.programsOf(store), ({ config }) => config);
    return [...byConfig].flatMap(([config, programs]) =>
      config === undefined ? [] : [{ store, config, programs, at: (...path) => inConfig(config, ...path) }],
    );
  });
}

/**
 * True where a value of a program's file is what the program will see: text without a variable
 * (`${SECRET_ACCESS_KEY}`), which only the running program knows.
 */
export function isLiteral(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('${') && !value.includes('$(');
}
