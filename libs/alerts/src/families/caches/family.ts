import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import { STORES, type StoreName } from '../../stores.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * Caches as the stores find them: memcached shows no metrics of its own. That it evicts is seen where less is found
 * than before.
 */
export const caches: RuleFamily = {
  name: 'caches',
  audience: 'stack',
  evaluators: ['metrics'],
  groups: (plan) =>
    CACHES.flatMap((cache) =>
      (plan[cache.store]?.caches.length ?? 0) === 0
        ? []
        : [{ name: `${cache.store}-caches`, rules: [failing(plan, cache), finding(plan, cache)] }],
    ),
};

/** A counter, and what else it is asked for beside its jobs. */
type Counter = readonly [name: string, matcher?: string];

/** Counters by which a store tells of its caches. */
interface Cache {
  readonly store: StoreName;
  readonly failed: Counter;
  readonly requests: Counter;
  readonly found: Counter;
  readonly asked: Counter;
}

/** What memcached refuses for a fault of the item is none of the cache: too large, or there already. */
const NETWORK = 'reason=~"connect-timeout|request-timeout|network-error|server-error"';

const CACHES: readonly Cache[] = [
  {
    store: 'loki',
    failed: ['loki_memcache_request_duration_seconds_count', 'status_code=~"5.."'],
    requests: ['loki_memcache_request_duration_seconds_count'],
    found: ['loki_cache_hits'],
    asked: ['loki_cache_fetched_keys'],
  },
  {
    store: 'mimir',
    failed: ['thanos_cache_operation_failures_total', NETWORK],
    requests: ['thanos_cache_operations_total'],
    found: ['thanos_cache_hits_total'],
    asked: ['thanos_cache_requests_total'],
  },
  {
    store: 'tempo',
    failed: ['tempo_memcache_request_duration_seconds_count', 'status_code=~"5.."'],
    requests: ['tempo_memcache_request_duration_seconds_count'],
    found: ['tempo_memcache_request_duration_seconds_count', 'status_code="200"'],
    asked: ['tempo_memcache_request_duration_seconds_count', 'status_code=~"200|404"'],
  },
];

/** The rate of a counter, by cache. */
function rate(plan: Plan, store: StoreName, [name, matcher]: Counter, range: string): string {
  const matchers = [jobs(plan, store), ...(matcher === undefined ? [] : [matcher])];
  return `sum by (cluster, name) (rate(${name}{${matchers.join(', ')}}${range}))`;
}

function failing(plan: Plan, { store, failed, requests }: Cache): Alert {
  const { title } = STORES[store];
  return {
    alert: `${title}CacheFailing`,
    // One of two pods of a cache that is away makes a half; a restart of one is over by then.
    expr: `${rate(plan, store, failed, '[5m]')} / ${rate(plan, store, requests, '[5m]')} > 0.1`,
    for: '15m',
    severity: 'warning',
    summary: `${title}: {{ $value | humanizePercentage }} of requests to {{ $labels.name }} fail in {{ $labels.cluster }}`,
    description:
      'The cache does not answer, or not in time. Nothing is lost: queries read from the bucket instead, are slower, and cost more.',
    runbook: 'cache-down',
  };
}

function finding(plan: Plan, { store, found, asked }: Cache): Alert {
  const { title } = STORES[store];
  const share = (range: string) => `(${rate(plan, store, found, range)} / ${rate(plan, store, asked, range)})`;
  return {
    alert: `${title}CacheFindsLess`,
    // Less than a half of the day before, at the same time of day: a cache that restarted is warm after an hour.
    expr: `${share('[1h]')} < 0.5 * ${share('[1h] offset 1d')}`,
    for: '1h',
    severity: 'info',
    summary: `${title}: {{ $labels.name }} of {{ $labels.cluster }} finds {{ $value | humanizePercentage }} of what it is asked, a day ago twice that`,
    description:
      'What is asked for is no longer there: the cache is too small for what is asked now, lost a pod, or was emptied. Queries read from the bucket instead.',
    runbook: 'cache-evicting',
  };
}
