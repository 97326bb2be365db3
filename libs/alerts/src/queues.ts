import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from './jobs.ts';
import { STORES, type StoreName } from './stores.ts';
import type { Alert } from './types.ts';

/** Where queries of a tenant wait until a querier is free. */
const QUEUES: Readonly<Record<StoreName, { readonly role: string; readonly prefix: string }>> = {
  loki: { role: 'query-scheduler', prefix: 'loki_query_scheduler' },
  mimir: { role: 'query-scheduler', prefix: 'cortex_query_scheduler' },
  tempo: { role: 'query-frontend', prefix: 'tempo_query_frontend' },
};

/** A queue that is never empty, and one that is full. */
export function queues(plan: Plan, name: StoreName): readonly Alert[] {
  const { title } = STORES[name];
  const { role, prefix } = QUEUES[name];
  const at = jobs(plan, name, role);
  return [
    {
      alert: `${title}QueriesWaiting`,
      // Bursts queue by design; a queue that has not been empty once in ten minutes grows faster than it is worked on.
      expr: `sum by (cluster, user) (min_over_time(${prefix}_queue_length{${at}}[10m])) > 0`,
      for: '5m',
      severity: 'warning',
      summary: `${title}: {{ $value }} queries of {{ $labels.user }} wait all the time in {{ $labels.cluster }}`,
      description:
        'The queue of this tenant has not been empty for ten minutes: there are too few queriers for what it asks, or something asks too much. Others wait for its turns, too.',
      runbook: 'query-queue-full',
    },
    {
      alert: `${title}QueriesTurnedAway`,
      expr: `sum by (cluster, user) (rate(${prefix}_discarded_requests_total{${at}}[5m])) > 0`,
      for: '5m',
      severity: 'warning',
      summary: `${title}: queries of {{ $labels.user }} are turned away in {{ $labels.cluster }}`,
      description:
        'The queue of this tenant is full, and what is asked beyond it is answered with 429. Panels of its dashboards stay empty.',
      runbook: 'query-queue-full',
    },
  ];
}
