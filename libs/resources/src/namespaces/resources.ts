import type { Namespace } from '@lgtm-fleet/plan';
import type { Emit, KubernetesObject } from '../types.ts';
import { quotaOf, type Quota } from './quota.ts';

/** Which namespace each variant of the base makes. */
const namespaceOf: Readonly<Record<string, Namespace>> = {
  stack: 'observability',
  collectors: 'monitoring',
  sample: 'sample',
};

/** The namespaces' quotas: the only thing about them that the plan knows better than the base. */
export const namespaces: Emit = (plan, component) => {
  const own = component.variants.flatMap((variant) => namespaceOf[variant] ?? []);
  return {
    configFiles: [],
    objectFiles: [],
    patchFiles: [
      {
        name: 'quotas.yaml',
        why: 'what all planned pods can need at once (autoscalers at their maximum, roll-outs, Jobs, twice the nodes) and a quarter more',
        patches: own.map((namespace) => patch(namespace, quotaOf(plan, namespace))),
      },
    ],
  };
};

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
