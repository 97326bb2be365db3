import { list, text, type Json } from '@lgtm-fleet/manifests';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import { storeConfigs, type StoreConfig } from './stores.ts';

/** A period of Loki's index: from its day on, lines are kept in its way. */
export interface SchemaPeriod {
  readonly index: number;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly store: string | undefined;
  readonly objectStore: string | undefined;
  readonly schema: string | undefined;
  readonly indexPrefix: string | undefined;
  readonly indexPeriod: string | undefined;
  readonly place: (...path: readonly (string | number)[]) => Place;
}

export interface LokiSchema {
  readonly store: StoreConfig;
  readonly periods: readonly SchemaPeriod[];
}

/** The schema of each configuration file of Loki that has one. */
export function lokiSchemas(cluster: ClusterView): readonly LokiSchema[] {
  return storeConfigs(cluster, 'loki').flatMap((store) => {
    const entries = list(store.config.value, 'schema_config', 'configs');
    return entries.length === 0 ? [] : [{ store, periods: entries.map((entry, index) => period(store, entry, index)) }];
  });
}

function period(store: StoreConfig, entry: Json, index: number): SchemaPeriod {
  return {
    index,
    from: (text(entry, 'from') ?? '').slice(0, 10),
    store: text(entry, 'store'),
    objectStore: text(entry, 'object_store'),
    schema: text(entry, 'schema'),
    indexPrefix: text(entry, 'index', 'prefix'),
    indexPeriod: text(entry, 'index', 'period'),
    place: (...path) => store.at('schema_config', 'configs', index, ...path),
  };
}
