import type { Namespace, Plan, PodEndpoint } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { Emit, KubernetesObject } from '../types.ts';
import { quotaOf, type Quota } from './quota.ts';
import { roleFiles } from './roles.ts';

/** Which namespace each variant of the base makes. */
const namespaceOf: Readonly<Record<string, Namespace>> = {
  stack: 'observability',
  collectors: 'monitoring',
  sample: 'sample',
};

/** What the plan knows better than the base: how much the pods of a namespace need, and which of them look up names. */
export const namespaces: Emit = (plan, component) => {
  const own = component.variants.flatMap((variant) => namespaceOf[variant] ?? []);
  return {
    configFiles: [],
    objectFiles: roleFiles(plan),
    patchFiles: [
      {
        name: 'quotas.yaml',
        why: 'what all planned pods can need at once (autoscalers at their maximum, roll-outs, Jobs, twice the nodes) and a quarter more',
        patches: own.map((namespace) => patch(namespace, quotaOf(plan, namespace))),
      },
      {
        name: 'name-lookups.yaml',
        why: 'Only who calls others by name may ask DNS, which is also a way out of the cluster.',
        patches: own.flatMap((namespace) => lookUps(namespace, callersOf(plan, namespace))),
      },
    ].filter(({ patches }) => patches.length > 0),
  };
};

/** Pods of a namespace that ask DNS. */
function callersOf(plan: Plan, namespace: Namespace): readonly PodEndpoint[] {
  return plan.connections.flatMap(({ from, protocol }) =>
    protocol === 'dns' && from.kind === 'pods' && from.namespace === namespace ? [from] : [],
  );
}

/**
 * By component and by role. One list for each of the two labels is all that a selector can say; that no pair gets in
 * that way which asks nobody, the test of reachability sees.
 */
function lookUps(namespace: Namespace, callers: readonly PodEndpoint[]): readonly KubernetesObject[] {
  if (callers.length === 0) return [];
  const among = (key: string, values: readonly string[]): YamlValue => ({
    key: `app.kubernetes.io/${key}`,
    operator: 'In',
    values: [...new Set(values)].toSorted(),
  });
  const matchExpressions = [
    among(
      'name',
      callers.map(({ component }) => component),
    ),
    among(
      'component',
      callers.map(({ role }) => role),
    ),
  ];
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'allow-dns', namespace },
      spec: { podSelector: { matchExpressions } },
    },
  ];
}

function patch(namespace: Namespace, quota: Quota): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'compute', namespace },
    spec: {
      hard: {
        pods: String(quota.pods),
        'requests.cpu': String(Math.ceil(quota.milliCpu / 1000)),
        'requests.memory': gibibytes(quota.requestedBytes),
        'limits.memory': gibibytes(quota.limitedBytes),
      },
    },
  };
}

/** Rounded up: a quota is a ceiling, not a measure. */
function gibibytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 1024 ** 3))}Gi`;
}
