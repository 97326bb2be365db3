import type { ClusterSpec } from './schema.ts';

/** Rates burst higher than what is kept in memory: collectors that come back send what they held. */
export const RATE_BURST = 2;
/** A tenant may take this many times its share before it is limited: bursts are not floods. */
export const BURST = { activeSeries: 1.5, logs: RATE_BURST, traces: RATE_BURST } as const;
/** Small clusters get limits that do not refuse a single busy deployment. */
const FLOOR = { activeSeries: 150_000, logs: 4e6, traces: 1e6 } as const;

/** What `spec.tenants[].limits` may say. */
export type Limited = keyof typeof BURST;
export const limited = Object.keys(BURST) as readonly Limited[];

type Spec = ClusterSpec['spec'];

/** The whole cluster's load, in what its limits are in: series, and bytes a second. */
export function loadOf({ load }: Pick<Spec, 'load'>): Readonly<Record<Limited, number>> {
  return { activeSeries: load.metrics.activeSeries, logs: load.logs.volume, traces: load.traces.throughput };
}

/** Each tenant's part of the load, 0 to 1; what nobody said is what is left, evenly. */
export function sharesOf({ tenants }: Pick<Spec, 'tenants'>): readonly number[] {
  const given = tenants.reduce((sum, { load }) => sum + (load ?? 0), 0);
  const open = tenants.filter(({ load }) => load === undefined).length;
  return tenants.map(({ load }) => load ?? (1 - given) / open);
}

/** What a tenant with this share may send where nobody said a limit. */
export function derivedLimit(spec: Pick<Spec, 'load'>, what: Limited, share: number): number {
  return Math.max(FLOOR[what], loadOf(spec)[what] * share * BURST[what]);
}

/**
 * What the cluster is planned for, with room for bursts: the sum of the limits that tenants have where nobody says
 * any. Beyond it the stores' own headroom is gone, and one tenant's flood is everybody's outage.
 */
export function carried(spec: Pick<Spec, 'load' | 'tenants'>, what: Limited): number {
  return sharesOf(spec).reduce((sum, share) => sum + derivedLimit(spec, what, share), 0);
}
