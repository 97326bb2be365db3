import { jobOf, workloadOf, type ComponentName, type Plan, type Workload } from '@lgtm-fleet/plan';
import { jobs } from './jobs.ts';

/** What rules on one of the stores need to know of it. */

export type StoreName = 'loki' | 'mimir' | 'tempo';

export interface Store {
  readonly name: StoreName;
  readonly title: string;
  /** Every store counts its requests by route and status in one histogram. */
  readonly requests: string;
  /** Routes by which telemetry comes in; Tempo's receivers are not among its routes. */
  readonly writes?: string;
  /** Routes by which people ask, as they are named at the front. */
  readonly queries: string;
}

export const STORES: Readonly<Record<StoreName, Store>> = {
  loki: {
    name: 'loki',
    title: 'Loki',
    requests: 'loki_request_duration_seconds',
    writes: 'loki_api_v1_push|otlp_v1_logs',
    queries: 'loki_api_v1_(query|query_range|series|label.*|index_stats|index_volume.*|detected_.+|patterns)',
  },
  mimir: {
    name: 'mimir',
    title: 'Mimir',
    requests: 'cortex_request_duration_seconds',
    writes: 'api_v1_push|otlp_v1_metrics',
    queries: 'prometheus_api_v1_(query|query_range|query_exemplars|series|label.*|metadata|read)',
  },
  tempo: {
    name: 'tempo',
    title: 'Tempo',
    requests: 'tempo_request_duration_seconds',
    queries: 'api_(traces.*|search.*|metrics.*|v2_traces.*|v2_search.*)',
  },
};

/** Matchers of the requests that come in at the front of a store, to write or to ask; a probe is none of them. */
export function front(plan: Plan, store: Store, side: 'writes' | 'queries'): string {
  const { [side]: routes, title } = store;
  if (routes === undefined) throw new Error(`${title} has no routes for ${side}`);
  return `${jobs(plan, store.name, side === 'writes' ? 'distributor' : 'query-frontend')}, route=~"${routes}"`;
}

/** Workloads of a store that show metrics of their own: all but the caches, and jobs that end. */
export function scraped(plan: Plan, store: StoreName): readonly Workload[] {
  const workloads = plan.components.find(({ name }) => name === store)?.workloads ?? [];
  return workloads.filter(({ role, kind }) => !/(^|-)cache$/.test(role) && kind !== 'Job');
}

/** Matcher of the one workload that has a role, where others show the same metrics and do not do the work. */
export function only(plan: Plan, component: ComponentName, role: string): string {
  const workload = workloadOf(plan, component, role);
  if (workload === undefined) throw new Error(`cluster '${plan.cluster}' has no ${component} ${role}`);
  return `job="${jobOf(workload)}"`;
}

/** Pods of a workload in all zones. */
export function pods(plan: Plan, { replicas, zonal }: Workload): number {
  return replicas * (zonal ? Math.max(1, plan.kubernetes.zones.length) : 1);
}
