import { federated } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { storeClient } from '../tls.ts';
import { federatedFor } from '../federation.ts';
import { grpcOf, isDistributed, type Inputs, type TempoSection } from './section.ts';
import type { CacheRole } from './config.ts';

/** All but the data pages, which are most of the bytes and would push everything else out. */
const CACHED: readonly CacheRole[] = [
  'bloom',
  'trace-id-index',
  'parquet-footer',
  'parquet-column-idx',
  'parquet-offset-idx',
  'frontend-search',
];

/** Query-frontends, the queriers that work for them, and the cache of both. */
export function reads(inputs: Inputs): TempoSection<'querier' | 'query_frontend' | 'cache'> {
  const cache = cacheOf(inputs);
  const several = federated(inputs.plan, 'traces');
  return {
    value: {
      querier: {
        frontend_worker: {
          frontend_address: grpcOf(inputs, 'tempo-query-frontend-discovery'),
          ...(inputs.plan.tls !== undefined && { grpc_client_config: storeClient(inputs.plan, 'tempo') }),
        },
      },
      query_frontend: {
        max_outstanding_per_tenant: 2000,
        multi_tenant_queries_enabled: several !== undefined,
        ...(!isDistributed(inputs) && { trace_by_id: { query_shards: 4 } }),
        search: { max_duration: '168h', query_backend_after: '15m' },
        metrics: { max_duration: '24h', query_backend_after: '15m' },
      },
      ...cache?.value,
    },
    comments: {
      ...(isDistributed(inputs) && {
        'querier/frontend_worker/frontend_address':
          'Headless, so that each querier works for every query-frontend; a query-frontend without one is not ready',
      }),
      'query_frontend/max_outstanding_per_tenant': 'Past this a tenant is told 429, and the others go on',
      'query_frontend/multi_tenant_queries_enabled':
        several === undefined ? 'Nobody reads more than one tenant at once' : federatedFor(several, 'traces'),
      ...(!isDistributed(inputs) && {
        'query_frontend/trace_by_id/query_shards':
          'By default a trace is looked for in fifty parts, each a place in the queue: forty at once filled it',
      }),
      'query_frontend/search': 'The last 15 minutes come from the live-stores, which keep blocks for 20',
      ...cache?.comments,
    },
  };
}

function cacheOf({ plan, tempo }: Inputs): TempoSection<'cache'> | undefined {
  const [planned] = tempo.caches;
  if (planned === undefined) return undefined;
  return {
    value: {
      cache: {
        caches: [
          {
            roles: [...CACHED],
            memcached: {
              host: fqdn(plan, 'tempo-cache'),
              service: 'memcached',
              consistent_hash: true,
              timeout: '200ms',
              max_idle_conns: 16,
              max_item_size: planned.maxItemBytes,
              circuit_breaker_consecutive_failures: 10,
              circuit_breaker_timeout: '10s',
              circuit_breaker_interval: '10s',
            },
          },
        ],
      },
    },
    comments: {
      'cache/caches': 'Every role but parquet-page: that is most of the bytes, and would push all the rest out',
      'cache/caches/0/memcached/service':
        'Name of the port: the SRV records of the headless Service name each pod, so that a restart moves no keys',
      'cache/caches/0/memcached/consistent_hash': 'Off unless said: this block takes none of the defaults of the flags',
      'cache/caches/0/memcached/max_item_size': 'What memcached itself takes with -I',
    },
  };
}
