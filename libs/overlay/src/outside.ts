import type { Endpoint, Plan } from '@lgtm-fleet/plan';

/** True for what Cilium allows by name, entity or address, where a policy of Kubernetes could say a range at best. */
export function isByName(plan: Plan, to: Endpoint): boolean {
  if (plan.kubernetes.networkPolicies !== 'cilium' || to.kind !== 'outside' || to.namespace !== undefined) return false;
  // Pods of others have labels, and policies of Kubernetes know them by these.
  return to.name !== 'scrape-targets' && to.name !== 'cluster-dns';
}
