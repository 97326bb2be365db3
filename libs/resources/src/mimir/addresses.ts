import type { MimirPlan, Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import { schemeOf } from '../tls.ts';

/** Ports as `base/mimir` has them. */
export const ports = { http: 8080, grpc: 9095, memberlist: 7946, kafka: 9092 } as const;

/** Where the rulers of Loki and Mimir send alerts; each goes to the routes of its own tenant. */
export function alertmanagerUrl(plan: Plan, mimir: MimirPlan): string {
  const service = mimir.mode === 'distributed' ? 'mimir-alertmanager' : 'mimir';
  return `${schemeOf(plan, 'mimir')}://${fqdn(plan, service)}:${String(ports.http)}/alertmanager`;
}
