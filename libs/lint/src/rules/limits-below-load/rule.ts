import { get } from '@lgtm-fleet/manifests';
import { formatBytes, formatCount } from '@lgtm-fleet/units';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { overridesOf, type TenantStore } from '../../view/tenant-files.ts';

interface Limit {
  readonly path: readonly string[];
  /** What `spec.tenants[].limits` calls it. */
  readonly says: 'activeSeries' | 'logs' | 'traces';
  /** What one of it is, in bytes where it is about bytes. */
  readonly unit: number;
  /** Of the whole cluster. */
  readonly load: (cluster: ClusterView) => number;
  readonly from: readonly string[];
  readonly print: (value: number) => string;
}

const METRICS = ['spec', 'load', 'metrics'];
const rate = (value: number): string => `${formatBytes(value)} a second`;

const LIMITS: Readonly<Record<TenantStore, readonly Limit[]>> = {
  loki: [
    {
      path: ['ingestion_rate_mb'],
      says: 'logs',
      unit: 2 ** 20,
      load: ({ plan }) => plan.load.logBytesPerSecond,
      from: ['spec', 'load', 'logs'],
      print: rate,
    },
  ],
  mimir: [
    {
      path: ['max_global_series_per_user'],
      says: 'activeSeries',
      unit: 1,
      load: ({ plan }) => plan.load.activeSeries,
      from: METRICS,
      print: (value) => `${formatCount(value)} series`,
    },
    {
      path: ['ingestion_rate'],
      says: 'activeSeries',
      unit: 1,
      load: ({ plan }) => plan.load.activeSeries / plan.collection.scrapeIntervalSeconds,
      from: METRICS,
      print: (value) => `${formatCount(value)} samples a second`,
    },
  ],
  tempo: [
    {
      path: ['ingestion', 'rate_limit_bytes'],
      says: 'traces',
      unit: 1,
      load: ({ plan }) => plan.load.traceBytesPerSecond,
      from: ['spec', 'load', 'traces'],
      print: rate,
    },
  ],
};

export const rule: Rule = {
  meta: {
    id: 'limits-below-load',
    family: 'tenancy',
    severity: 'warning',
    description: 'A limit of a tenant is below the load that the cluster file gives it.',
    why: 'What is above the limit is refused with 429 as soon as the tenant sends what it said it would.',
    source: 'https://grafana.com/docs/loki/latest/operations/request-validation-rate-limits/',
  },
  *cluster(cluster) {
    for (const { store, config, tenants } of overridesOf(cluster)) {
      for (const [index, { name, share, said = [] }] of cluster.plan.tenants.entries()) {
        for (const { path, says, unit, load, from, print } of LIMITS[store]) {
          const limit = get(tenants[name], ...path);
          const needed = load(cluster) * share;
          // None, or 0, is a limit for all tenants or no limit.
          if (typeof limit !== 'number' || limit === 0 || limit * unit >= needed) continue;
          yield {
            place: inConfig(config, 'overrides', name, ...path),
            message: `\`${path.join('.')}\` of tenant \`${name}\` is ${print(limit * unit)}, and its part of the load is ${print(needed)}`,
            help: 'raise the limit above the load, with room for bursts, or lower the load in the cluster file',
            derivedFrom: said.includes(says) ? ['spec', 'tenants', index, 'limits', says] : from,
          };
        }
      }
    }
  },
};
