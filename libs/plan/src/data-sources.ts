import type { Plan } from './types.ts';

export type DataSourceSignal = 'metrics' | 'logs' | 'traces' | 'alerts';

/** Uid of a data source in Grafana. Never changes: dashboards, alerts and correlations name a data source by it. */
export function dataSourceUid(signal: DataSourceSignal, user: string): string {
  return `${signal}-${user}`;
}

/** Uid of the data source of profiles, of which there is one: Pyroscope is somebody else's, and knows none of our tenants. */
export const PROFILES_UID = 'profiles';

/** Whose telemetry that of the stack itself is: a tenant of its own, or the first one. */
export function stackTenant({ selfMonitoring, tenants }: Pick<Plan, 'selfMonitoring' | 'tenants'>): string {
  const [first] = tenants;
  if (first === undefined) throw new Error('a plan has a tenant');
  return selfMonitoring?.tenant ?? first.name;
}
