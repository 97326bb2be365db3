/** Names a kind: `{ apiVersion: 'apps/v1', kind: 'Deployment' }`. */
export interface GroupVersionKind {
  readonly apiVersion: string;
  readonly kind: string;
}

const byVersion: Readonly<Record<string, readonly string[]>> = {
  v1: [
    ...['ConfigMap', 'LimitRange', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'ResourceQuota', 'Secret', 'Service'],
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'argoproj.io/v1alpha1': ['AppProject', 'Application'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'cert-manager.io/v1': ['Certificate'],
  'cilium.io/v2': ['CiliumNetworkPolicy'],
  'external-secrets.io/v1': ['ExternalSecret'],
  'gateway.networking.k8s.io/v1': ['BackendTLSPolicy', 'GRPCRoute', 'Gateway', 'HTTPRoute', 'ReferenceGrant'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
};

/** Every kind that bases and overlays may hold; `schemas/kubernetes` has a schema for each. */
export const kinds: readonly GroupVersionKind[] = Object.entries(byVersion).flatMap(([apiVersion, names]) =>
  names.map((kind) => ({ apiVersion, kind })),
);

/**
 * Where a kind's schema lies in `schemas/kubernetes`: `apps-v1/deployment.json`, and
 * `core-v1/service.json` for what has no group. kubeconform can find them so too.
 */
export function schemaPath({ apiVersion, kind }: GroupVersionKind): string {
  const folder = apiVersion.includes('/') ? apiVersion.replace('/', '-') : `core-${apiVersion}`;
  return `${folder}/${kind.toLowerCase()}.json`;
}
