import { workloadOf, type CachePlan, type MimirPlan, type Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { fqdn } from '../addresses.ts';
import { joinSections, type Section } from '../section.ts';

const MI = 2 ** 20;

/** What each cache role is for; the places in the file where Mimir looks for it. */
const PLACES: Readonly<Record<string, (client: YamlValue) => Section['value']>> = {
  'chunks-cache': (client) => ({ blocks_storage: { bucket_store: { chunks_cache: client } } }),
  'index-cache': (client) => ({ blocks_storage: { bucket_store: { index_cache: client } } }),
  'metadata-cache': (client) => ({ blocks_storage: { bucket_store: { metadata_cache: client } } }),
  'results-cache': (client) => ({ frontend: { cache_results: true, results_cache: client } }),
};

/** The memcached of the plan, and in-process caches that fit the memory limit where there is none. */
export function caches(plan: Plan, mimir: MimirPlan): Section {
  const there = mimir.caches.filter(({ role }) => role in PLACES);
  const shared: Section = {
    value: there
      .map((cache): Section => ({ value: PLACES[cache.role]?.(client(plan, cache)) ?? {}, comments: {} }))
      .reduce((all, one) => joinSections([all, one]), NOTHING).value,
    comments: there.some(({ role }) => role === 'chunks-cache')
      ? {
          'blocks_storage/bucket_store/chunks_cache':
            'Mimir does not start while the name of a cache has no address: caches are synced first',
        }
      : {},
  };
  return joinSections([shared, inProcess(plan, there)]);
}

const NOTHING: Section = { value: {}, comments: {} };

function client(plan: Plan, { role, maxItemBytes }: CachePlan): YamlValue {
  return {
    backend: 'memcached',
    memcached: {
      // By SRV record: pods have lasting names, so a restarted one keeps its share of the keys.
      addresses: `dnssrvnoa+_memcached._tcp.${fqdn(plan, `mimir-${role}`)}`,
      // Never more than the server's own -I, or large items are sent for nothing.
      max_item_size: maxItemBytes,
    },
  };
}

/** Mimir's own defaults are 1 GiB and 350 MiB, whatever the pod may use. */
function inProcess(plan: Plan, memcached: readonly CachePlan[]): Section {
  const limit = (role: string): number | undefined => workloadOf(plan, 'mimir', role)?.limits.memoryBytes;
  const reads = limit('store-gateway');
  const writes = limit('ingester');
  const index = memcached.some(({ role }) => role === 'index-cache');
  const part = (bytes: number, divisor: number, most: number): number =>
    Math.min(most, Math.floor(bytes / divisor / MI) * MI);
  return {
    value: {
      blocks_storage: {
        ...(reads !== undefined && {
          bucket_store: {
            series_hash_cache_max_size_bytes: part(reads, 16, 1024 * MI),
            ...(!index && {
              index_cache: { backend: 'inmemory', inmemory: { max_size_bytes: part(reads, 8, 1024 * MI) } },
            }),
          },
        }),
        ...(writes !== undefined && { tsdb: { series_hash_cache_max_size_bytes: part(writes, 16, 350 * MI) } }),
      },
    },
    comments: {
      ...(reads !== undefined && {
        'blocks_storage/bucket_store/series_hash_cache_max_size_bytes':
          "A sixteenth of the memory limit; Mimir's own default knows no limit",
        ...(!index && {
          'blocks_storage/bucket_store/index_cache/inmemory/max_size_bytes': 'An eighth of the memory limit',
        }),
      }),
    },
  };
}
