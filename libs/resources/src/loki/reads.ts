import { federated, type LokiPlan, type Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { federatedFor } from '../federation.ts';
import type { Section } from '../section.ts';
import { schemeOf } from '../tls.ts';
import { grpcOf, ports } from './addresses.ts';

/** The query path: frontend, scheduler, querier. One process finds its own parts by itself. */
export function reads(plan: Plan, loki: LokiPlan): Section {
  if (loki.mode !== 'distributed') return { value: {}, comments: {} };
  const scheduler = grpcOf(plan, 'loki-query-scheduler');
  return {
    value: {
      frontend: {
        scheduler_address: scheduler,
        tail_proxy_url: `${schemeOf(plan, 'loki')}://${fqdn(plan, 'loki-querier')}:${String(ports.http)}`,
      },
      frontend_worker: { scheduler_address: scheduler },
    },
    comments: {
      'frontend/scheduler_address': 'Headless: every scheduler is found, and a new one within ten seconds',
      'frontend/tail_proxy_url': 'Live tailing does not queue',
    },
  };
}

/** Questions of several tenants at once, joined by `|` in the header; only where somebody may ask them. */
export function federation(plan: Plan): Section {
  const reader = federated(plan, 'logs');
  if (reader === undefined) return { value: {}, comments: {} };
  return {
    value: { querier: { multi_tenant_queries_enabled: true } },
    comments: { 'querier/multi_tenant_queries_enabled': federatedFor(reader, 'logs') },
  };
}

/** Deletes what is older than the retention of its tenant, from index and object storage. */
export function compaction(plan: Plan): Section {
  return {
    value: {
      compactor: {
        working_directory: '/var/loki/compactor',
        retention_enabled: true,
        delete_request_store: plan.objectStorage.kind,
      },
    },
    comments: {
      'compactor/working_directory':
        'On the volume: what is marked here is deleted two hours later, also after a restart',
      'compactor/retention_enabled': 'Without it retention_period deletes nothing',
      'compactor/delete_request_store': 'Loki does not start with retention and without it',
    },
  };
}
