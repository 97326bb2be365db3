import type { TenantPlan } from '@lgtm-fleet/plan';
import { formatBytes, formatCount } from '@lgtm-fleet/units';

type Limited = NonNullable<TenantPlan['said']>[number];

/** Why a tenant has a limit that the spec says itself, `spec.tenants payments.limits.logs: 10 MB/s`; nothing where it follows from its share. */
export function saidLimit({ name, said = [], limits }: TenantPlan, what: Limited): string | undefined {
  if (!said.includes(what)) return undefined;
  const value = {
    activeSeries: formatCount(limits.activeSeries),
    logs: `${formatBytes(limits.logBytesPerSecond)}/s`,
    traces: `${formatBytes(limits.traceBytesPerSecond)}/s`,
  }[what];
  return `spec.tenants ${name}.limits.${what}: ${value}`;
}

/** Why an id that is no tenant of the spec has an entry. */
export function adoptedBy({ name }: TenantPlan): string {
  return `From before there were tenants: spec.tenants ${name} adopts and keeps it, and nobody writes as it`;
}
