import { federated, type MimirPlan, type Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { federatedFor } from '../federation.ts';
import { joinSections, type Section } from '../section.ts';
import { ports } from './addresses.ts';

/** How a query finds those who run it, and how rules are evaluated. */
export function queries(plan: Plan, mimir: MimirPlan): Section {
  // Three replicas of one process share their queries through the headless name that all rings use.
  const scheduler = mimir.mode === 'distributed' ? 'mimir-query-scheduler' : 'mimir-memberlist';
  const shared = { scheduler_address: `${fqdn(plan, scheduler)}:${String(ports.grpc)}` };
  const several = mimir.mode !== 'monolithic';
  const through: Section = {
    value: { frontend: shared, frontend_worker: shared },
    comments: {
      'frontend/scheduler_address':
        mimir.mode === 'distributed'
          ? 'Every query waits in a query-scheduler; Mimir 3 has no way around it'
          : 'The headless name resolves to every replica, so that all of them work on a query',
    },
  };
  const sharded: Section = {
    value: { frontend: { parallelize_shardable_queries: true, query_sharding_target_series_per_shard: 2500 } },
    comments: { 'frontend/parallelize_shardable_queries': 'One heavy query runs on many queriers' },
  };
  return joinSections([
    ...(several ? [through] : []),
    ...(mimir.mode === 'distributed' ? [sharded] : []),
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
