import {
  BURST,
  defaultRetention,
  derivedLimit,
  LABEL_LIMITS,
  OWN_NAMESPACES,
  RATE_BURST,
  sharesOf,
  UNTENANTED,
  type ClusterSpec,
} from '@lgtm-fleet/spec';
import { formatDays, formatPercent } from '@lgtm-fleet/units';
import { fasterSamples } from './ingest.ts';
import { ofHub, planAlerts } from './notifications.ts';
import type { AlertsPlan, Decision, TenantPlan } from './types.ts';

/** Samples a second that no tenant is limited below. */
const FEWEST_SAMPLES = 10_000;

export interface Retention {
  readonly metrics: number;
  readonly logs: number;
  readonly traces: number;
}

export function retentionOf(cluster: ClusterSpec): Retention {
  return cluster.spec.retention ?? defaultRetention;
}

/** Series that a pod of the stack has at most, with those that tell of it; measured by others between 1,000 and 3,000. */
const SERIES_PER_POD = 3000;

/**
 * Every tenant with its share, limits and retention; the stack's own, where it has one, is the last, and is limited
 * by the number of its pods.
 *
 * @param hub of an edge: the gateway that it signs in at is its hub's, and so is the kind of credential
 */
export function planTenants(cluster: ClusterSpec, ownPods: number, hub?: ClusterSpec): readonly TenantPlan[] {
  const { tenants } = cluster.spec;
  const shares = sharesOf(cluster.spec);
  const named = tenants.map((tenant, index): TenantPlan => {
    const share = shares[index] ?? 0;
    return {
      name: tenant.name,
      share,
      namespaces: tenant.namespaces,
      retentionSeconds: keptFor(cluster, tenant.retention),
      limits: limitsOf(cluster, share, tenant.limits, fasterSamples(cluster.spec, tenant.name)),
      said: saidOf(tenant.limits),
      viewers: tenant.viewers,
      editors: tenant.editors,
      ...alerts(planAlerts(cluster.spec, tenant)),
      ...(tenant.adopts === 'untenanted' && { adopts: UNTENANTED }),
      ...lateOf(cluster, tenant.name),
      ...seriesOf(cluster, tenant.name),
      ...pairOf(cluster, tenant.name),
      ...(tenant.blockUpload && { blockUpload: true }),
      ...credentialOf((hub ?? cluster).spec.tenants.find(({ name }) => name === tenant.name) ?? tenant),
      own: false,
    };
  });
  return [...named, ...own(cluster, ownPods)];
}

function alerts(planned: AlertsPlan | undefined): Pick<TenantPlan, 'alerts'> {
  return planned === undefined ? {} : { alerts: planned };
}

function credentialOf({ credential }: Pick<Tenant, 'credential'>): Pick<TenantPlan, 'credential'> {
  return credential === 'password' ? {} : { credential };
}

/** What collectors in clusters hold back at most. */
const USUALLY_LATE = 1800;

/** Machines of a tenant send what they kept, and what was read while they did. */
function lateOf({ spec }: ClusterSpec, name: string): Pick<TenantPlan, 'lateSeconds'> {
  const [first] = spec.tenants;
  const buffers = spec.ingest.hosts
    .filter(({ tenant = first?.name }) => tenant === name)
    .map(({ buffer }) => buffer + USUALLY_LATE);
  return buffers.length === 0 ? {} : { lateSeconds: Math.max(...buffers) };
}

/** What collectors let through would be lost at a store that takes less; `cluster` and labels of machines come on top. */
function seriesOf({ spec }: ClusterSpec, name: string): Pick<TenantPlan, 'series'> {
  const [first] = spec.tenants;
  const mine = <T extends { readonly tenant?: string | undefined }>(entries: readonly T[]): readonly T[] =>
    entries.filter(({ tenant = first?.name }) => tenant === name);
  const limits = [
    ...mine(spec.ingest.sources).map((source) => ({ ...source.limits, onTop: 1 })),
    ...mine(spec.ingest.hosts).map(({ labels }) => ({ ...LABEL_LIMITS, onTop: 1 + Object.keys(labels).length })),
  ];
  if (limits.length === 0) return {};
  return {
    series: {
      labels: Math.max(...limits.map(({ labels, onTop }) => labels + onTop)),
      labelNameLength: Math.max(...limits.map(({ labelNameLength }) => labelNameLength)),
      labelValueLength: Math.max(...limits.map(({ labelValueLength }) => labelValueLength)),
    },
  };
}

/** That all pairs of a tenant have the same labels, the check of the spec has made sure. */
function pairOf({ spec }: ClusterSpec, name: string): Pick<TenantPlan, 'pair'> {
  const [owner] = spec.tenants;
  const pairs = spec.ingest.senders.flatMap(({ tenant = owner?.name, pair }) =>
    tenant !== name || pair === undefined ? [] : [pair],
  );
  const [first] = pairs;
  return first === undefined ? {} : { pair: { ...first, count: pairs.length } };
}

/** The stack's own telemetry: small beside what it carries, so it has no share of the load. */
function own(cluster: ClusterSpec, pods: number): readonly TenantPlan[] {
  const { selfMonitoring } = cluster.spec;
  if (selfMonitoring === undefined) return [];
  return [
    {
      name: selfMonitoring.tenant,
      share: 0,
      namespaces: OWN_NAMESPACES,
      retentionSeconds: keptFor(cluster, undefined),
      limits: limitsOf(cluster, 0, {
        activeSeries: Math.max(derivedLimit(cluster.spec, 'activeSeries', 0), pods * SERIES_PER_POD),
      }),
      viewers: [],
      editors: [],
      ...alerts(ofHub(cluster.spec)),
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

/** Which of its limits the spec says itself; the others follow from the tenant's share. */
function saidOf(limits: Tenant['limits']): NonNullable<TenantPlan['said']> {
  return Object.entries(limits ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [name as keyof NonNullable<Tenant['limits']>],
  );
}

function limitsOf({ spec }: ClusterSpec, share: number, said: Tenant['limits'], faster = 0): TenantPlan['limits'] {
  const activeSeries = said?.activeSeries ?? derivedLimit(spec, 'activeSeries', share);
  const samples = activeSeries / BURST.activeSeries / spec.load.metrics.scrapeInterval + faster;
  return {
    activeSeries: Math.ceil(activeSeries),
    samplesPerSecond: Math.ceil(Math.max(FEWEST_SAMPLES, samples * RATE_BURST)),
    logBytesPerSecond: Math.ceil(said?.logs ?? derivedLimit(spec, 'logs', share)),
    traceBytesPerSecond: Math.ceil(said?.traces ?? derivedLimit(spec, 'traces', share)),
  };
}

/** What each tenant may send, and how long it is kept. */
export function tenantDecisions(tenants: readonly TenantPlan[]): readonly Decision[] {
  return tenants.map(({ name, share, retentionSeconds, limits, blockUpload, own }) => ({
    subject: `tenant.${name}`,
    value: formatPercent(share),
    reason: `${own ? "the stack's own telemetry; " : ''}metrics ${formatDays(retentionSeconds.metrics)}, logs ${formatDays(retentionSeconds.logs)}, traces ${formatDays(retentionSeconds.traces)}; limited at ${String(limits.activeSeries)} series${blockUpload === true ? '; may upload blocks of old metrics' : ''}`,
    source: own
      ? 'its limit of series is 3,000 for each of its pods; own judgement'
      : 'the spec; limits are 1.5 times the share of series, twice the share of rates',
  }));
}
