import type { Plan, Workload } from '@lgtm-fleet/plan';
import { placeOf } from './drift.ts';
import type { ProgramFacts, Sample } from './facts.ts';
import { subject, type Subject } from './subjects.ts';
import type { Found } from './types.ts';

export const STORES = ['loki', 'mimir', 'tempo'] as const;
export type Store = (typeof STORES)[number];

/** A page of a program that tells of its state. */
export interface Page {
  readonly path: string;
  readonly gives: 'ready' | 'services' | 'ring' | 'gossip' | 'version' | 'limits' | 'usual limits' | 'metrics';
  /** Of a ring. */
  readonly ring?: string;
  /** Roles that have it; absent: every one. Where one process has every role, it has all pages. */
  readonly roles?: readonly string[];
}

const METRICS: Page = { path: '/metrics', gives: 'metrics' };
const ring = (path: string, name: string, ...roles: readonly string[]): Page => ({
  path,
  gives: 'ring',
  ring: name,
  roles,
});

/** Everything of it is below a prefix. */
const PROMETHEUS: readonly Page[] = [
  { path: '/prometheus/-/ready', gives: 'ready' },
  { path: '/prometheus/api/v1/status/buildinfo', gives: 'version' },
  { path: '/prometheus/metrics', gives: 'metrics' },
];

/** What each program is asked. Rings are asked of a role that is in them. */
const PAGES: Readonly<Record<string, readonly Page[]>> = {
  loki: [
    { path: '/ready', gives: 'ready' },
    { path: '/services', gives: 'services' },
    ring('/ring', 'ingester', 'ingester', 'distributor'),
    ring('/distributor/ring', 'distributor', 'distributor'),
    ring('/compactor/ring', 'compactor', 'compactor'),
    ring('/indexgateway/ring', 'index-gateway', 'index-gateway'),
    ring('/ruler/ring', 'ruler', 'ruler'),
    { path: '/memberlist', gives: 'gossip' },
    { path: '/loki/api/v1/status/buildinfo', gives: 'version' },
    METRICS,
  ],
  mimir: [
    { path: '/ready', gives: 'ready' },
    { path: '/services', gives: 'services' },
    ring('/ingester/ring', 'ingester', 'ingester', 'distributor'),
    ring('/distributor/ring', 'distributor', 'distributor'),
    ring('/store-gateway/ring', 'store-gateway', 'store-gateway'),
    ring('/compactor/ring', 'compactor', 'compactor'),
    ring('/ruler/ring', 'ruler', 'ruler'),
    ring('/multitenant_alertmanager/ring', 'alertmanager', 'alertmanager'),
    { path: '/memberlist', gives: 'gossip' },
    { path: '/api/v1/status/buildinfo', gives: 'version' },
    // Without the mode it writes every limit of every tenant, some megabytes where there are many.
    { path: '/runtime_config?mode=diff', gives: 'limits', roles: ['distributor', 'ingester'] },
    { path: '/config', gives: 'usual limits', roles: ['distributor', 'ingester'] },
    METRICS,
  ],
  tempo: [
    { path: '/ready', gives: 'ready' },
    { path: '/status/services', gives: 'services' },
    ring('/live-store/ring', 'live-store', 'live-store'),
    { path: '/memberlist', gives: 'gossip' },
    { path: '/api/status/buildinfo', gives: 'version', roles: ['query-frontend'] },
    METRICS,
  ],
  prometheus: PROMETHEUS,
  'meta-monitoring': PROMETHEUS,
  alertmanager: [{ path: '/-/ready', gives: 'ready' }, METRICS],
  alloy: [{ path: '/-/ready', gives: 'ready' }, METRICS],
  'alloy-gateway': [{ path: '/-/ready', gives: 'ready' }, METRICS],
  'alloy-sources': [{ path: '/-/ready', gives: 'ready' }, METRICS],
};

export function pagesOf({ component, role }: Pick<Workload, 'component' | 'role'>): readonly Page[] {
  const pages = PAGES[component] ?? [];
  // Caches speak another protocol, and jobs none.
  if (/(?:^|-)cache$/.test(role)) return [];
  return pages.filter(({ roles }) => roles === undefined || role === 'monolithic' || roles.includes(role));
}

/** Series of `/metrics` that checks read; all others are let go of at once. */
export const SERIES: ReadonlySet<string> = new Set([
  'process_start_time_seconds',
  'cortex_compactor_last_successful_run_timestamp_seconds',
  'cortex_compactor_runs_failed_total',
  'cortex_compactor_compaction_interval_seconds',
  'cortex_compactor_disk_out_of_space_errors_total',
  'loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds',
  'loki_boltdb_shipper_compactor_running',
  'loki_compactor_apply_retention_last_successful_run_timestamp_seconds',
  'tempodb_compaction_errors_total',
  'tempodb_retention_errors_total',
  'thanos_objstore_bucket_operation_failures_total',
  'loki_objstore_bucket_operation_failures_total',
  'thanos_memcached_operation_failures_total',
  'cortex_ingester_shipper_last_successful_upload_timestamp_seconds',
  'loki_objstore_bucket_last_successful_upload_time',
  'tempo_live_store_blocks_completed_total',
  'cortex_discarded_samples_total',
  'loki_discarded_samples_total',
  'tempo_discarded_spans_total',
  'cortex_query_scheduler_queue_length',
  'loki_query_scheduler_queue_length',
  'tempo_query_frontend_queue_length',
  'cortex_prometheus_rule_evaluation_failures_total',
  'loki_prometheus_rule_evaluation_failures_total',
  'cortex_prometheus_notifications_errors_total',
  'prometheus_notifications_errors_total',
  'cortex_alertmanager_notifications_failed_total',
  'alertmanager_notifications_failed_total',
  'cortex_alertmanager_config_last_reload_successful',
  'cortex_distributor_received_samples_total',
  'loki_distributor_lines_received_total',
  'tempo_distributor_spans_received_total',
  'tempo_ingest_group_partition_lag_seconds',
  'cortex_ingest_storage_reader_receive_delay_seconds_sum',
  'cortex_ingest_storage_reader_receive_delay_seconds_count',
  'loki_ingester_wal_disk_full_failures_total',
  'loki_panic_total',
  'prometheus_remote_storage_samples_failed_total',
  'prometheus_remote_storage_samples_pending',
  'loki_write_dropped_entries_total',
  'otelcol_exporter_send_failed_spans_total',
]);

/** What all findings about a program have in common. */
export function onProgram({ namespace, pod, component, role }: ProgramFacts): Pick<Found, 'where' | 'about'> {
  return { where: placeOf('Pod', namespace, pod), about: [programSubject({ component, role })] };
}

export function programSubject({ component, role }: Pick<ProgramFacts, 'component' | 'role'>): Subject {
  return subject(component, role);
}

/** The port that a person forwards to ask it. */
export function portOf(plan: Plan, { component, role }: Pick<ProgramFacts, 'component' | 'role'>): number {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  const ports = workloads.find((one) => one.role === role)?.ports ?? [];
  return ports.find(({ name }) => name === 'http' || name === 'metrics')?.port ?? 0;
}

/** Whether a process compacts, where its component has a compactor of its own beside the others. */
export function compacts(plan: Plan, { component, role }: Pick<ProgramFacts, 'component' | 'role'>): boolean {
  const workloads = plan.components.find(({ name }) => name === component)?.workloads ?? [];
  return role === 'compactor' || workloads.every((one) => one.role !== 'compactor');
}

/** Values of a series, of each combination of labels. */
export function samplesOf({ metrics }: ProgramFacts, name: string): readonly Sample[] {
  return (metrics ?? []).filter((one) => one.name === name);
}

export function valueOf(program: ProgramFacts, name: string): number | undefined {
  return samplesOf(program, name)[0]?.value;
}

/** By how much counters of a name have grown between the two readings; one that was reset counts from zero. */
export function growthOf({ metrics, later }: ProgramFacts, name: string): readonly Sample[] {
  if (metrics === undefined || later === undefined) return [];
  const before = new Map(metrics.filter((one) => one.name === name).map((one) => [keyOf(one), one.value]));
  return later
    .filter((one) => one.name === name)
    .map((one) => {
      const was = before.get(keyOf(one)) ?? 0;
      return { ...one, value: one.value < was ? one.value : one.value - was };
    })
    .filter(({ value }) => value > 0);
}

function keyOf({ labels }: Sample): string {
  return JSON.stringify(Object.entries(labels).toSorted());
}
