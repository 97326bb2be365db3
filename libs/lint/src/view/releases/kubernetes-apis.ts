/** A group and version of the Kubernetes API that servers stop to serve. */
export interface ServedApi {
  readonly apiVersion: string;
  /** Every kind of the group where none is named. */
  readonly kinds?: readonly string[];
  /** First version of Kubernetes that warns of it. */
  readonly deprecatedIn: string;
  /** First version that does not serve it; absent where none is fixed. */
  readonly removedIn?: string;
  /** What to write instead, after `use`. */
  readonly instead: string;
}

// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
export const SERVED_APIS: readonly ServedApi[] = [
  api('extensions/v1beta1', undefined, '1.8', '1.22', '`apps/v1`, or `networking.k8s.io/v1`'),
  api('apps/v1beta1', undefined, '1.9', '1.16', '`apps/v1`'),
  api('apps/v1beta2', undefined, '1.9', '1.16', '`apps/v1`'),
  api('networking.k8s.io/v1beta1', ['Ingress', 'IngressClass'], '1.19', '1.22', '`networking.k8s.io/v1`'),
  api('rbac.authorization.k8s.io/v1beta1', undefined, '1.17', '1.22', '`rbac.authorization.k8s.io/v1`'),
  api('apiextensions.k8s.io/v1beta1', undefined, '1.16', '1.22', '`apiextensions.k8s.io/v1`'),
  api(
    'admissionregistration.k8s.io/v1beta1',
    ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
    '1.16',
    '1.22',
    '`admissionregistration.k8s.io/v1`',
  ),
  api('apiregistration.k8s.io/v1beta1', undefined, '1.19', '1.22', '`apiregistration.k8s.io/v1`'),
  api('certificates.k8s.io/v1beta1', ['CertificateSigningRequest'], '1.19', '1.22', '`certificates.k8s.io/v1`'),
  api('coordination.k8s.io/v1beta1', ['Lease'], '1.19', '1.22', '`coordination.k8s.io/v1`'),
  api('scheduling.k8s.io/v1beta1', ['PriorityClass'], '1.14', '1.22', '`scheduling.k8s.io/v1`'),
  api('storage.k8s.io/v1beta1', ['StorageClass', 'CSIDriver', 'CSINode'], '1.19', '1.22', '`storage.k8s.io/v1`'),
  api('batch/v1beta1', ['CronJob'], '1.21', '1.25', '`batch/v1`'),
  api('discovery.k8s.io/v1beta1', ['EndpointSlice'], '1.21', '1.25', '`discovery.k8s.io/v1`'),
  api('events.k8s.io/v1beta1', ['Event'], '1.19', '1.25', '`events.k8s.io/v1`'),
  api('policy/v1beta1', ['PodDisruptionBudget'], '1.21', '1.25', '`policy/v1`'),
  api('policy/v1beta1', ['PodSecurityPolicy'], '1.21', '1.25', 'the labels of Pod Security on namespaces'),
  api('autoscaling/v2beta1', undefined, '1.22', '1.25', '`autoscaling/v2`'),
  api('autoscaling/v2beta2', undefined, '1.23', '1.26', '`autoscaling/v2`'),
  api('storage.k8s.io/v1beta1', ['CSIStorageCapacity'], '1.24', '1.27', '`storage.k8s.io/v1`'),
  api('flowcontrol.apiserver.k8s.io/v1beta2', undefined, '1.26', '1.29', '`flowcontrol.apiserver.k8s.io/v1`'),
  api('flowcontrol.apiserver.k8s.io/v1beta3', undefined, '1.29', '1.32', '`flowcontrol.apiserver.k8s.io/v1`'),
  api('v1', ['ComponentStatus'], '1.19', undefined, 'the health checks of each component'),
  api('v1', ['Endpoints'], '1.33', undefined, 'an `EndpointSlice` of `discovery.k8s.io/v1`'),
];

function api(
  apiVersion: string,
  kinds: ServedApi['kinds'],
  deprecatedIn: string,
  removedIn: string | undefined,
  instead: string,
): ServedApi {
  return { apiVersion, deprecatedIn, instead, ...(kinds && { kinds }), ...(removedIn !== undefined && { removedIn }) };
}

/** What is known of an object's group and version. */
export function servedApi(apiVersion: string, kind: string): ServedApi | undefined {
  return SERVED_APIS.find((known) => known.apiVersion === apiVersion && (known.kinds?.includes(kind) ?? true));
}
