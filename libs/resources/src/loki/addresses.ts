import type { Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';

/** Ports as `base/loki` has them. */
export const ports = { http: 3100, grpc: 9095, memberlist: 7946 } as const;

/** `host:port` of a role of Loki over gRPC. */
export function grpcOf(plan: Plan, service: string): string {
  return `${fqdn(plan, service)}:${String(ports.grpc)}`;
}
