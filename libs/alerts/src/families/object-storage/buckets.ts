import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import { STORES, type StoreName } from '../../stores.ts';
import type { Alert } from '../../types.ts';

/** What each store says of its bucket. Loki and Mimir count operations, an object that is not there being none that failed. */
export function buckets(plan: Plan): readonly Alert[] {
  return [
    ...(plan.loki === undefined ? [] : counted(plan, 'loki', 'loki_objstore', 'operation')),
    ...(plan.mimir === undefined ? [] : counted(plan, 'mimir', 'thanos_objstore', 'component')),
    ...(plan.tempo === undefined ? [] : requested(plan)),
  ];
}

/** A tenth: providers slow everybody down at times, and the clients try again. */
const FAILING_SHARE = 0.1;
/** A query reads hundreds of objects after one another; at five seconds each it is past every timeout. */
const SLOW_SECONDS = 5;

function counted(plan: Plan, store: StoreName, prefix: string, by: 'operation' | 'component'): readonly Alert[] {
  const rate = (metric: string) =>
    `sum by (cluster, ${by}) (rate(${prefix}_bucket_${metric}{${jobs(plan, store)}}[5m]))`;
  return [
    failing(store, `${rate('operation_failures_total')} / ${rate('operations_total')} > ${FAILING_SHARE}`, by),
    slow(
      store,
      `histogram_quantile(0.99, sum by (cluster, le) (rate(${prefix}_bucket_operation_duration_seconds_bucket{${jobs(plan, store)}, operation=~"get|get_range"}[5m]))) > ${SLOW_SECONDS}`,
    ),
  ];
}

/** Tempo counts answers by their status, and a request that got none not at all: there, the list of blocks fails. */
function requested(plan: Plan): readonly Alert[] {
  const requests = (status = '') =>
    `sum by (cluster, operation) (rate(tempodb_backend_request_duration_seconds_count{${jobs(plan, 'tempo')}${status}}[5m]))`;
  return [
    failing('tempo', `${requests(', status_code=~"401|403|429|5.."')} / ${requests()} > ${FAILING_SHARE}`, 'operation'),
    slow(
      'tempo',
      `histogram_quantile(0.99, sum by (cluster, le) (rate(tempodb_backend_request_duration_seconds_bucket{${jobs(plan, 'tempo')}, operation="GET"}[5m]))) > ${SLOW_SECONDS}`,
    ),
  ];
}

function failing(store: StoreName, expr: string, by: 'operation' | 'component'): Alert {
  const { title } = STORES[store];
  return {
    alert: `${title}BucketFailing`,
    expr,
    for: '15m',
    severity: 'critical',
    summary: `${title}: {{ $value | humanizePercentage }} of requests ({{ $labels.${by} }}) fail at the bucket of {{ $labels.cluster }}`,
    description:
      'Object storage refuses, or does not answer: a key or a role is wrong, the bucket is gone or full, the network is closed. What is written waits on the disks of ingesters, and queries of older data fail.',
    runbook: 'object-storage-refusing',
  };
}

function slow(store: StoreName, expr: string): Alert {
  const { title } = STORES[store];
  return {
    alert: `${title}BucketSlow`,
    expr,
    for: '15m',
    severity: 'warning',
    summary: `${title}: the slowest hundredth of reads from the bucket of {{ $labels.cluster }} takes {{ $value | humanizeDuration }}`,
    description: `Reads of objects take more than ${SLOW_SECONDS} s. Queries of older data take minutes, or end in timeouts.`,
    runbook: 'object-storage-slow',
  };
}
