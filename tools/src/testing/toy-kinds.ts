/** The kinds that the toy cluster serves, as an API server tells of them. */

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

const VERBS = ['get', 'list', 'create', 'patch', 'delete'];
const within = (name: string, kind: string): Resource => ({ name, kind, namespaced: true, verbs: VERBS });
const outside = (name: string, kind: string): Resource => ({ name, kind, namespaced: false, verbs: VERBS });

const KINDS: Readonly<Record<string, readonly Resource[]>> = {
  v1: [
    outside('namespaces', 'Namespace'),
    outside('nodes', 'Node'),
    within('configmaps', 'ConfigMap'),
    within('events', 'Event'),
    within('persistentvolumeclaims', 'PersistentVolumeClaim'),
    within('pods', 'Pod'),
    within('secrets', 'Secret'),
    within('services', 'Service'),
  ],
  'apiextensions.k8s.io/v1': [outside('customresourcedefinitions', 'CustomResourceDefinition')],
  'apps/v1': [
    within('daemonsets', 'DaemonSet'),
    within('deployments', 'Deployment'),
    within('statefulsets', 'StatefulSet'),
  ],
  'argoproj.io/v1alpha1': [within('applications', 'Application'), within('appprojects', 'AppProject')],
  'autoscaling/v2': [within('horizontalpodautoscalers', 'HorizontalPodAutoscaler')],
  'batch/v1': [within('jobs', 'Job')],
  'cert-manager.io/v1': [outside('clusterissuers', 'ClusterIssuer')],
  'discovery.k8s.io/v1': [within('endpointslices', 'EndpointSlice')],
  'external-secrets.io/v1': [outside('clustersecretstores', 'ClusterSecretStore')],
  'gateway.networking.k8s.io/v1': [within('gateways', 'Gateway')],
  'metrics.k8s.io/v1beta1': [outside('nodes', 'NodeMetrics')],
  'networking.k8s.io/v1': [within('networkpolicies', 'NetworkPolicy')],
  'rbac.authorization.k8s.io/v1': [
    outside('clusterroles', 'ClusterRole'),
    outside('clusterrolebindings', 'ClusterRoleBinding'),
  ],
  'storage.k8s.io/v1': [outside('storageclasses', 'StorageClass')],
};

/** Where a request goes: a list, or one object of it. */
export interface Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

export function apiGroups(): readonly unknown[] {
  return Object.keys(KINDS)
    .filter((version) => version.includes('/'))
    .map((groupVersion) => ({ name: groupVersion.split('/')[0], preferredVersion: { groupVersion } }));
}

/** The resources of `/api/v1` or `/apis/<group>/<version>`; undefined for any other path. */
export function resourcesOf(path: string): readonly Resource[] | undefined {
  return KINDS[path.replace(/^\/apis?\//, '')];
}

export function parsePath(path: string): Place | undefined {
  const apiVersion = Object.keys(KINDS).find((one) =>
    path.startsWith(`/${one.includes('/') ? 'apis' : 'api'}/${one}/`),
  );
  if (apiVersion === undefined) return undefined;
  const parts = path.split(`/${apiVersion}/`)[1]?.split('/').map(decodeURIComponent) ?? [];
  const inNamespace = parts[0] === 'namespaces' && parts.length > 2;
  const [resource, name] = inNamespace ? parts.slice(2) : parts;
  const kind = KINDS[apiVersion]?.find((one) => one.name === resource)?.kind;
  if (kind === undefined) return undefined;
  return {
    apiVersion,
    kind,
    ...(inNamespace && parts[1] !== undefined && { namespace: parts[1] }),
    ...(name !== undefined && { name }),
  };
}
