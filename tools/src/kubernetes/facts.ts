import {
  ARGOCD_NAMESPACE,
  INSTANCE,
  LGTM_FLEET,
  PART_OF,
  quantity,
  type Access,
  type Amount,
  type ArgocdFacts,
  type ClusterFacts,
  type ClusterObject,
  type Container,
  type NodeFacts,
  type Pod,
} from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import type { Client } from './client.ts';
import { isApiError } from './http.ts';

/** Everything that preflight wants to know; nothing is changed. */
export async function readFacts(client: Client, plan: Plan, serverVersion: string): Promise<ClusterFacts> {
  const own = [...new Set(plan.components.map(({ namespace }) => namespace))];
  const named = async (apiVersion: string, kind: string): Promise<readonly string[] | undefined> =>
    (await allowed(client.list({ apiVersion, kind })))?.map(({ metadata }) => metadata.name);
  const [classes, nodes, pods, definitions, namespaces, workloads, denied, metricsApi, gateways, stores, ...entry] =
    await Promise.all([
      allowed(client.list({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' })),
      allowed(client.list({ apiVersion: 'v1', kind: 'Node' })),
      allowed(client.list({ apiVersion: 'v1', kind: 'Pod' })),
      allowed(client.list({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' })),
      Promise.all(
        [ARGOCD_NAMESPACE, ...own].map((name) =>
          allowed(client.read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
        ),
      ),
      controllers(client),
      reviews(client, own),
      metrics(client),
      allowed(client.list({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' })),
      named('external-secrets.io/v1', 'ClusterSecretStore'),
      named('gateway.networking.k8s.io/v1', 'GatewayClass'),
      named('networking.k8s.io/v1', 'IngressClass'),
      named('cert-manager.io/v1', 'ClusterIssuer'),
    ]);
  const [gatewayClasses, ingressClasses, issuers] = entry;
  const found = namespaces.flatMap((namespace) => (namespace === undefined ? [] : [namespace.metadata]));
  const ours = new Set(
    found
      .filter(({ labels }) => labels?.[PART_OF] === LGTM_FLEET && labels[INSTANCE] === plan.cluster)
      .map(({ name }) => name),
  );
  const others = (pods ?? []).filter(({ metadata }) => !ours.has(metadata.namespace ?? ''));
  return {
    serverVersion,
    ...(classes !== undefined && {
      storageClasses: classes.map(({ metadata }) => ({
        name: metadata.name,
        isDefault: metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
      })),
    }),
    ...(nodes !== undefined && {
      nodes: nodes.map((node) => nodeFacts(node, others as readonly (ClusterObject & Pod)[])),
    }),
    ...(definitions !== undefined && { definitions: definitions.map(({ metadata }) => metadata.name) }),
    metricsApi,
    namespaces: found,
    argocd: workloads,
    denied,
    ...(gateways !== undefined && {
      gateways: gateways.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`),
    }),
    ...(gatewayClasses !== undefined && { gatewayClasses }),
    ...(ingressClasses !== undefined && { ingressClasses }),
    ...(issuers !== undefined && { issuers }),
    ...(stores !== undefined && { secretStores: stores }),
  };
}

/** Undefined where it may not be read: preflight says so by the reviews. */
async function allowed<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isApiError(error, 403)) return undefined;
    throw error;
  }
}

interface NodeObject extends ClusterObject {
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly effect?: string }[];
  };
  readonly status?: {
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

function nodeFacts(object: ClusterObject, pods: readonly Pod[]): NodeFacts {
  const { metadata, spec, status } = object as NodeObject;
  const here = pods.filter(
    (pod) =>
      pod.spec?.nodeName === metadata.name && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed',
  );
  const zone = metadata.labels?.['topology.kubernetes.io/zone'];
  return {
    name: metadata.name,
    usable:
      status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true &&
      spec?.unschedulable !== true &&
      !(spec?.taints ?? []).some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute'),
    allocatable: amount(status?.allocatable),
    taken: here.map(requested).reduce(plus, { milliCpu: 0, memoryBytes: 0 }),
    ...(zone !== undefined && { zone }),
  };
}

/** Containers run together; init containers before them, unless they stay beside them. */
function requested({ spec }: Pod): Amount {
  const of = ({ resources }: Container): Amount => amount(resources?.requests);
  const beside = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...(spec?.containers ?? []), ...beside].map(of).reduce(plus, { milliCpu: 0, memoryBytes: 0 });
}

function amount(list: Readonly<Record<string, string>> | undefined): Amount {
  return { milliCpu: quantity(list?.['cpu']) * 1000, memoryBytes: quantity(list?.['memory']) };
}

function plus(left: Amount, right: Amount): Amount {
  return { milliCpu: left.milliCpu + right.milliCpu, memoryBytes: left.memoryBytes + right.memoryBytes };
}

interface Controller extends ClusterObject {
  readonly spec?: { readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } } };
}

/** Argo CD's application controllers anywhere: by their label, for their names differ between ways to install it. */
async function controllers(client: Client): Promise<readonly ArgocdFacts[]> {
  const query = 'labelSelector=app.kubernetes.io%2Fname%3Dargocd-application-controller';
  const lists = await Promise.all(
    ['StatefulSet', 'Deployment'].map((kind) =>
      allowed(client.list({ apiVersion: 'apps/v1', kind }, undefined, query)),
    ),
  );
  return lists.flatMap((list) =>
    ((list ?? []) as readonly Controller[]).map(({ metadata, spec }) => {
      const image = spec?.template?.spec?.containers?.[0]?.image ?? '';
      const version = /:(v\d[^@]*)/.exec(image)?.[1];
      return { namespace: metadata.namespace ?? '', ...(version !== undefined && { version }) };
    }),
  );
}

/** Where it may not be read, it is there. */
async function metrics(client: Client): Promise<boolean> {
  try {
    return (await client.list({ apiVersion: 'metrics.k8s.io/v1beta1', kind: 'NodeMetrics' })) !== undefined;
  } catch (error) {
    return isApiError(error, 403);
  }
}

function wanted(own: readonly string[]): readonly Access[] {
  const cluster = (verb: string, group: string, resource: string): Access => ({ verb, group, resource });
  return [
    cluster('create', '', 'namespaces'),
    cluster('patch', '', 'namespaces'),
    cluster('list', '', 'nodes'),
    cluster('list', '', 'pods'),
    cluster('list', '', 'events'),
    cluster('list', 'storage.k8s.io', 'storageclasses'),
    cluster('patch', 'apiextensions.k8s.io', 'customresourcedefinitions'),
    cluster('patch', 'rbac.authorization.k8s.io', 'clusterroles'),
    cluster('escalate', 'rbac.authorization.k8s.io', 'clusterroles'),
    cluster('patch', 'rbac.authorization.k8s.io', 'clusterrolebindings'),
    cluster('bind', 'rbac.authorization.k8s.io', 'clusterroles'),
    { ...cluster('patch', 'apps', 'deployments'), namespace: ARGOCD_NAMESPACE },
    { ...cluster('patch', 'apps', 'statefulsets'), namespace: ARGOCD_NAMESPACE },
    { ...cluster('patch', 'argoproj.io', 'applications'), namespace: ARGOCD_NAMESPACE },
    { ...cluster('patch', 'argoproj.io', 'appprojects'), namespace: ARGOCD_NAMESPACE },
    ...own.flatMap((namespace) =>
      ['get', 'create', 'patch'].map((verb) => ({ ...cluster(verb, '', 'secrets'), namespace })),
    ),
  ];
}

/** What of all that bootstrap does this user may not do. */
async function reviews(client: Client, own: readonly string[]): Promise<readonly Access[]> {
  const answers = await Promise.all(
    wanted(own).map(async (access) => {
      const { verb, group, resource, namespace } = access;
      const answer = (await client.send({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { verb, group, resource, ...(namespace !== undefined && { namespace }) } },
        },
      })) as { readonly status?: { readonly allowed?: boolean } };
      return answer.status?.allowed === true ? [] : [access];
    }),
  );
  return answers.flat();
}
