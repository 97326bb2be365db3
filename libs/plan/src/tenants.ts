import { defaultRetention, type ClusterSpec } from '@lgtm-fleet/spec';
import type { TenantPlan } from './types.ts';

/** A tenant may take this many times its share before it is limited: bursts are not floods. */
const SERIES_BURST = 1.5;
const RATE_BURST = 2;
/** Small clusters get limits that do not refuse a single busy deployment. */
const FLOOR = { series: 150_000, samples: 10_000, logBytes: 4e6, traceBytes: 1e6 } as const;

export interface Retention {
  readonly metrics: number;
  readonly logs: number;
  readonly traces: number;
}

export function retentionOf(cluster: ClusterSpec): Retention {
  return cluster.spec.retention ?? defaultRetention;
}

/** Every tenant with its share, limits and retention; shares that were not said are what is left, evenly. */
export function planTenants(cluster: ClusterSpec): readonly TenantPlan[] {
  const { tenants } = cluster.spec;
  const given = tenants.reduce((sum, tenant) => sum + (tenant.load ?? 0), 0);
  const open = tenants.filter((tenant) => tenant.load === undefined).length;
  const named = tenants.map((tenant): TenantPlan => {
    const share = tenant.load ?? (1 - given) / open;
    return {
      name: tenant.name,
      share,
      namespaces: tenant.namespaces,
      retentionSeconds: keptFor(cluster, tenant.retention),
      limits: limitsOf(cluster, share, tenant.limits),
      viewers: tenant.viewers,
      editors: tenant.editors,
      ...(tenant.alerts !== undefined && { alertWebhook: tenant.alerts.webhook }),
      own: false,
    };
  });
  return [...named, ...own(cluster)];
}

/** Namespaces whose telemetry is the stack's own. */
const OWN_NAMESPACES = ['argocd', 'monitoring', 'observability'] as const;

/** The stack's own telemetry: small beside what it carries, so it has no share, and the least of limits. */
function own(cluster: ClusterSpec): readonly TenantPlan[] {
  const { selfMonitoring } = cluster.spec;
  if (selfMonitoring === undefined) return [];
  return [
    {
      name: selfMonitoring.tenant,
      share: 0,
      namespaces: OWN_NAMESPACES,
      retentionSeconds: keptFor(cluster, undefined),
      limits: limitsOf(cluster, 0, undefined),
      viewers: [],
      editors: [],
      own: true,
    },
  ];
}

type Tenant = ClusterSpec['spec']['tenants'][number];

function keptFor(cluster: ClusterSpec, own: Tenant['retention']): TenantPlan['retentionSeconds'] {
  const kept = retentionOf(cluster);
  return {
    metrics: own?.metrics ?? kept.metrics,
    logs: own?.logs ?? kept.logs,
    traces: own?.traces ?? kept.traces,
  };
}

function limitsOf({ spec: { load } }: ClusterSpec, share: number, said: Tenant['limits']): TenantPlan['limits'] {
  const activeSeries = said?.activeSeries ?? Math.max(FLOOR.series, load.metrics.activeSeries * share * SERIES_BURST);
  return {
    activeSeries: Math.ceil(activeSeries),
    samplesPerSecond: Math.ceil(
      Math.max(FLOOR.samples, (activeSeries / SERIES_BURST / load.metrics.scrapeInterval) * RATE_BURST),
    ),
    logBytesPerSecond: Math.ceil(said?.logs ?? Math.max(FLOOR.logBytes, load.logs.volume * share * RATE_BURST)),
    traceBytesPerSecond: Math.ceil(
      said?.traces ?? Math.max(FLOOR.traceBytes, load.traces.throughput * share * RATE_BURST),
    ),
  };
}
