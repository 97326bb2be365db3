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
  const { tenants, load } = cluster.spec;
  const kept = retentionOf(cluster);
  const given = tenants.reduce((sum, tenant) => sum + (tenant.load ?? 0), 0);
  const open = tenants.filter((tenant) => tenant.load === undefined).length;
  return tenants.map((tenant) => {
    const share = tenant.load ?? (1 - given) / open;
    const series = load.metrics.activeSeries * share;
    return {
      name: tenant.name,
      share,
      namespaces: tenant.namespaces,
      retentionSeconds: {
        metrics: tenant.retention?.metrics ?? kept.metrics,
        logs: tenant.retention?.logs ?? kept.logs,
        traces: tenant.retention?.traces ?? kept.traces,
      },
      limits: {
        activeSeries: Math.ceil(Math.max(FLOOR.series, series * SERIES_BURST)),
        samplesPerSecond: Math.ceil(Math.max(FLOOR.samples, (series / load.metrics.scrapeInterval) * RATE_BURST)),
        logBytesPerSecond: Math.ceil(Math.max(FLOOR.logBytes, load.logs.volume * share * RATE_BURST)),
        traceBytesPerSecond: Math.ceil(Math.max(FLOOR.traceBytes, load.traces.throughput * share * RATE_BURST)),
      },
    };
  });
}
