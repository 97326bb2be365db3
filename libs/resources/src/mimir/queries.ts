import { federated, type MimirPlan, type Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { federatedFor } from '../federation.ts';
import { joinSections, type Section } from '../section.ts';
import { ports } from './addresses.ts';

/** How a query finds those who run it, and how rules are evaluated. */
export function queries(plan: Plan, mimir: MimirPlan): Section {
  return joinSections([
    schedulers(plan, mimir),
    {
      value: { querier: { max_concurrent: mimir.mode === 'highly-available' ? 12 : 8 } },
      comments: {
        'querier/max_concurrent': 'Bounds the memory of a querier; four for each query-scheduler is the least',
      },
    },
    federation(plan),
    rules(plan, mimir),
  ]);
}

/** One process alone finds its own parts by itself. */
function schedulers(plan: Plan, { mode }: MimirPlan): Section {
  if (mode === 'monolithic') return { value: {}, comments: {} };
  if (mode === 'highly-available')
    return {
      value: { query_scheduler: { service_discovery_mode: 'ring' } },
      comments: {
        'query_scheduler/service_discovery_mode':
          'All replicas work on a query. One that ends leaves the ring; by a name that still has it, others would keep its streams open, and it waits for them as long as it may.',
      },
    };
  const shared = { scheduler_address: `${fqdn(plan, 'mimir-query-scheduler')}:${String(ports.grpc)}` };
  return {
    value: {
      frontend: { ...shared, parallelize_shardable_queries: true, query_sharding_target_series_per_shard: 2500 },
      frontend_worker: shared,
    },
    comments: {
      'frontend/scheduler_address': 'Every query waits in a query-scheduler; Mimir 3 has no way around it',
      'frontend/parallelize_shardable_queries': 'One heavy query runs on many queriers',
    },
  };
}

/** Questions of several tenants at once, joined by `|` in the header; only where somebody may ask them. */
function federation(plan: Plan): Section {
  const reader = federated(plan, 'metrics');
  if (reader === undefined) return { value: {}, comments: {} };
  return {
    value: { tenant_federation: { enabled: true, max_tenants: reader.readIds.metrics.length } },
    comments: {
      'tenant_federation/enabled': federatedFor(reader, 'metrics'),
      'tenant_federation/max_tenants': 'As many as that, and no more',
    },
  };
}

function rules(plan: Plan, mimir: MimirPlan): Section {
  const remote = mimir.architecture === 'ingest-storage';
  return {
    value: {
      ruler: {
        rule_path: '/tmp/ruler',
        ...(remote && {
          query_frontend: {
            address:
              plan.tls === undefined
                ? `http://${fqdn(plan, 'mimir-query-frontend')}:${String(ports.http)}/prometheus`
                : // Over HTTP it cannot be told a CA.
                  `dns:///${fqdn(plan, 'mimir-query-frontend')}:${String(ports.grpc)}`,
          },
        }),
      },
    },
    comments: remote
      ? {
          'ruler/query_frontend':
            'With ingest storage rules must be evaluated remotely: only the query path waits for the latest samples',
        }
      : {},
  };
}
