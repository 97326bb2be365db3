import type { Namespace, Plan } from '@lgtm-fleet/plan';

/**
 * Full name of a Service. Search domains are never relied on: Mimir 3 looks caches up without them.
 */
export function fqdn(plan: Plan, service: string, namespace: Namespace | 'kube-system' = 'observability'): string {
  return `${service}.${namespace}.svc.${plan.kubernetes.clusterDomain}`;
}
