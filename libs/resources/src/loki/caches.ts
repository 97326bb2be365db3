import { workloadOf, type CachePlan, type LokiPlan, type Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { bytes } from '@lgtm-fleet/units';
import { fqdn } from '../addresses.ts';
import type { Section } from '../section.ts';

/**
 * Idle connections that each client keeps to each cache pod. Loki's documentation, operations/caching:
 * the server's `-c` is at least this times the number of clients.
 */
export const IDLE_CONNECTIONS = 16;
/** Loki's own default of 500 MB is more than a small querier has. */
const WRITE_BACK = '64MB';

/** Memcached where the plan has it, and in-process caches that fit the memory limit where it has not. */
export function caches(plan: Plan, loki: LokiPlan): Section {
  const chunks = cache(plan, loki, 'chunks-cache', 'querier', 16);
  const results = cache(plan, loki, 'results-cache', 'query-frontend', 32);
  return {
    value: {
      chunk_store_config: { chunk_cache_config: chunks.value },
      query_range: { cache_results: true, results_cache: { cache: results.value } },
    },
    comments: {
      ...prefixed('chunk_store_config/chunk_cache_config', chunks.comments),
      ...prefixed('query_range/results_cache/cache', results.comments),
    },
  };
}

function cache(plan: Plan, loki: LokiPlan, role: string, reader: string, part: number): Section {
  const found = loki.caches.find((one) => one.role === role);
  return found === undefined ? inProcess(plan, reader, part) : memcached(plan, found);
}

function memcached(plan: Plan, { role, maxItemBytes }: CachePlan): Section {
  const client: YamlValue = {
    addresses: `dnssrvnoa+_memcached._tcp.${fqdn(plan, `loki-${role}`)}`,
    consistent_hash: true,
    timeout: '500ms',
    max_idle_conns: IDLE_CONNECTIONS,
    max_item_size: maxItemBytes,
  };
  return {
    value: { memcached_client: client, background: { writeback_size_limit: WRITE_BACK } },
    comments: {
      'memcached_client/addresses': 'Names of pods, not addresses: a restarted pod keeps its part of the keys',
      'memcached_client/max_idle_conns': 'Times the number of clients this stays under -c of the cache',
      'memcached_client/max_item_size': "The cache's own -I; what is larger is not sent",
      background: 'What may wait for the cache in memory; by default 500 MB, more than a small querier has',
    },
  };
}

function inProcess(plan: Plan, reader: string, part: number): Section {
  const limit = workloadOf(plan, 'loki', reader)?.limits.memoryBytes ?? 0;
  return {
    value: { embedded_cache: { enabled: true, max_size_mb: Math.max(8, Math.floor(limit / part / bytes.MI)) } },
    comments: { 'embedded_cache/max_size_mb': `1/${String(part)} of the memory limit` },
  };
}

function prefixed(path: string, comments: Section['comments']): Section['comments'] {
  return Object.fromEntries(Object.entries(comments).map(([key, text]) => [`${path}/${key}`, text]));
}
