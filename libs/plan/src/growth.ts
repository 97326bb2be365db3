import type { ClusterSpec } from '@lgtm-fleet/spec';
import { formatBytes, formatCpu, formatDays, formatQuantity } from '@lgtm-fleet/units';
import { LOG_COMPRESSION } from './capacity/loki.ts';
import { metricsLoad, SAMPLE_BYTES } from './capacity/mimir.ts';
import { TRACE_COMPRESSION } from './capacity/tempo.ts';
import { OWN } from './sizing.ts';
import type { Decision, TenantPlan, Workload } from './types.ts';

/** What object storage (or the volumes) will hold once retention deletes as much as comes in. */
export function growth(cluster: ClusterSpec, tenants: readonly TenantPlan[]): readonly Decision[] {
  const { samplesPerSecond } = metricsLoad(cluster);
  const { logs, traces } = cluster.spec.load;
  const keep = (signal: keyof TenantPlan['retentionSeconds']) =>
    tenants.reduce((sum, tenant) => sum + tenant.share * tenant.retentionSeconds[signal], 0);
  const rows = [
    [
      'metrics',
      samplesPerSecond * SAMPLE_BYTES,
      `${String(SAMPLE_BYTES)} bytes a sample in a compacted block`,
      'Mimir docs, planning-capacity',
    ],
    ['logs', logs.volume / LOG_COMPRESSION, `compressed ${String(LOG_COMPRESSION)} times`, OWN],
    ['traces', traces.throughput / TRACE_COMPRESSION, `compressed ${String(TRACE_COMPRESSION)} times`, OWN],
  ] as const;
  return rows.map(([signal, rate, how, source]) => ({
    subject: `objects.${signal}`,
    value: formatBytes(rate * keep(signal)),
    reason: `${formatBytes(rate * 86_400)} a day for ${formatDays(Math.round(keep(signal) / 86_400) * 86_400)} on average; ${how}`,
    source,
  }));
}

/** Pods of these workloads; a DaemonSet has one on each node, and a Job has ended. */
export function podsOf(workloads: readonly Workload[], nodes: number, zones: number): number {
  return workloads.reduce((total, workload) => total + count(workload, nodes, zones), 0);
}

function count({ kind, replicas, zonal }: Workload, nodes: number, zones: number): number {
  if (kind === 'DaemonSet') return nodes;
  return kind === 'Job' ? 0 : replicas * (zonal ? zones : 1);
}

/** What the cluster must have free for all of it; a DaemonSet counts once for each node. */
export function totals(workloads: readonly Workload[], nodes: number, zones: number): readonly Decision[] {
  const sum = (amount: (workload: Workload) => number) =>
    workloads.reduce((total, workload) => total + count(workload, nodes, zones) * amount(workload), 0);
  const pods = podsOf(workloads, nodes, zones);
  return [
    {
      subject: 'cluster.cpu',
      value: formatCpu(sum((workload) => workload.requests.milliCpu)),
      reason: `requests of ${String(pods)} pods`,
      source: 'sum of the above',
    },
    {
      subject: 'cluster.memory',
      value: formatQuantity(sum((workload) => workload.requests.memoryBytes)),
      reason: `requests of ${String(pods)} pods`,
      source: 'sum of the above',
    },
    {
      subject: 'cluster.volumes',
      value: formatQuantity(sum((workload) => workload.volumeBytes ?? 0)),
      reason: 'all claims together',
      source: 'sum of the above',
    },
  ];
}
