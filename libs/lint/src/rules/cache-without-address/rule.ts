import { get, isObject, type Json, type Path } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { storeConfigs, type StoreConfig } from '../../view/stores.ts';
import { titleOf } from '../../view/titles.ts';

const MAX_DEPTH = 12;

export const rule: Rule = {
  meta: {
    id: 'cache-without-address',
    family: 'storage',
    severity: 'error',
    description: 'A store is to use memcached, and is not told where it is.',
    why: 'Mimir and Tempo do not start; Loki starts without a cache, and reads every chunk from the bucket each time.',
    source: 'https://grafana.com/docs/mimir/latest/references/configuration-parameters/',
  },
  *cluster(cluster) {
    for (const store of storeConfigs(cluster)) {
      for (const { path, key } of withoutAddress(store, store.config.value, [])) {
        yield {
          place: store.at(...path, key),
          message: `the cache \`${path.join('.')}\` of ${titleOf(store.store)} has no address`,
          help: `set \`${[...path, key].join('.')}\` to the headless Service of its memcached`,
        };
      }
    }
  },
};

interface Missing {
  readonly path: Path;
  readonly key: string;
}

function withoutAddress(store: StoreConfig, value: Json | undefined, path: Path): readonly Missing[] {
  if (path.length > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => withoutAddress(store, item, [...path, index]));
  if (!isObject(value)) return [];
  // Mimir: backend: memcached beside memcached.addresses.
  if (get(value, 'backend') === 'memcached' && isEmpty(value, ['memcached', 'addresses']))
    return [{ path: [...path, 'memcached'], key: 'addresses' }];
  // Loki: memcached_client with addresses or host. Tempo: memcached with host or addresses.
  return Object.entries(value).flatMap(([key, child]) => {
    const client = key === 'memcached_client' || (key === 'memcached' && store.store === 'tempo');
    if (client && isObject(child) && isEmpty(child, ['addresses']) && isEmpty(child, ['host']))
      return [{ path: [...path, key], key: store.store === 'tempo' ? 'host' : 'addresses' }];
    return withoutAddress(store, child, [...path, key]);
  });
}

function isEmpty(value: Json, path: Path): boolean {
  const found = get(value, ...path);
  return found === undefined || found === '';
}
