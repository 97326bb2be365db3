import type { Plan } from '@lgtm-fleet/plan';

export interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** Kinds without a namespace that the components of a cluster may have. */
export function clusterKinds(plan: Plan): readonly Kind[] {
  return sorted([
    { group: '', kind: 'Namespace' },
    { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
    { group: 'scheduling.k8s.io', kind: 'PriorityClass' },
    // Gateway API ships a policy that guards its own upgrades.
    ...(plan.exposure === undefined
      ? []
      : [
          { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicy' },
          { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicyBinding' },
        ]),
  ]);
}

/** Kinds with a namespace that the components of a cluster may have. */
export function namespacedKinds(plan: Plan): readonly Kind[] {
  return sorted([
    { group: '', kind: 'ConfigMap' },
    { group: '', kind: 'LimitRange' },
    { group: '', kind: 'ResourceQuota' },
    { group: '', kind: 'Service' },
    { group: '', kind: 'ServiceAccount' },
    { group: 'apps', kind: 'DaemonSet' },
    { group: 'apps', kind: 'Deployment' },
    { group: 'apps', kind: 'StatefulSet' },
    { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
    { group: 'batch', kind: 'Job' },
    { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
    { group: 'policy', kind: 'PodDisruptionBudget' },
    { group: 'rbac.authorization.k8s.io', kind: 'Role' },
    { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
    ...(plan.exposure === undefined ? [] : [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }]),
    ...(plan.secretStore === undefined ? [] : [{ group: 'external-secrets.io', kind: 'ExternalSecret' }]),
  ]);
}

/** Kinds of Argo CD's own manifests, at the pinned tag. */
export const argocdClusterKinds: readonly Kind[] = [
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
];

export const argocdKinds: readonly Kind[] = [
  { group: '', kind: 'ConfigMap' },
  { group: '', kind: 'Secret' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: 'rbac.authorization.k8s.io', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
];

function sorted(kinds: readonly Kind[]): readonly Kind[] {
  return kinds.toSorted((left, right) => (`${left.group}/${left.kind}` < `${right.group}/${right.kind}` ? -1 : 1));
}
