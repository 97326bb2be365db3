import type { Plan } from '@lgtm-fleet/plan';

/** Ports as `base/mimir` has them. */
export const ports = { http: 8080, grpc: 9095, memberlist: 7946, kafka: 9092 } as const;

/**
 * Full name of a Service of the stack. Search domains are never relied on: Mimir 3 looks caches up without them.
 */
export function fqdn(plan: Plan, service: string): string {
  return `${service}.observability.svc.${plan.kubernetes.clusterDomain}`;
}
