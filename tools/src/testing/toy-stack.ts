import { planSecretChanges, type ClusterObject } from '@lgtm-fleet/bootstrap';
import { objectNames, type Plan, type Workload } from '@lgtm-fleet/plan';
import { newPassword, newSalt } from '../kubernetes/secrets.ts';

/**
 * Everything that an API server would have of a healthy stack: what is rendered, with a state, the pods that
 * controllers would make, and the Secrets that bootstrap makes.
 */
export function stackObjects(plan: Plan, planned: readonly ClusterObject[]): readonly ClusterObject[] {
  return [
    ...planned.map(withStatus),
    ...planned.filter(({ kind }) => kind === 'Service').map(endpointSlice),
    ...pods(plan),
    ...secrets(plan),
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: NODE },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    },
  ];
}

const NODE = 'node-a';
/** Long ago, so that nothing seems to have happened just now. */
const MADE = '2020-01-01T00:00:00Z';
const HEALTHY = { sync: { status: 'Synced', revision: 'abc' }, health: { status: 'Healthy' } };

function withStatus(object: ClusterObject): ClusterObject {
  const { replicas = 1 } = (object['spec'] ?? {}) as { readonly replicas?: number };
  const metadata = { creationTimestamp: MADE, ...object.metadata };
  const status: Readonly<Record<string, unknown>> = {
    Deployment: { readyReplicas: replicas, updatedReplicas: replicas },
    StatefulSet: { readyReplicas: replicas, updatedReplicas: replicas },
    DaemonSet: { desiredNumberScheduled: 1, numberReady: 1 },
    Application: HEALTHY,
  };
  const own = status[object.kind];
  return { ...object, metadata, ...(own !== undefined && { status: own }) };
}

function endpointSlice({ metadata }: ClusterObject): ClusterObject {
  const { name, namespace = '' } = metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-abcde`, namespace, labels: { 'kubernetes.io/service-name': name } },
    endpoints: [{ conditions: { ready: true } }],
  };
}

/** Names of the pods of a workload's object, as its controller would give them. */
export function podNames({ kind, replicas }: Workload, name: string): readonly string[] {
  if (kind === 'Job') return [];
  if (kind === 'StatefulSet') return Array.from({ length: replicas }, (_, index) => `${name}-${String(index)}`);
  if (kind === 'DaemonSet') return [`${name}-aaaaa`];
  return Array.from({ length: replicas }, (_, index) => `${name}-6d4cf56db6-aaaa${'abcdefgh'.charAt(index)}`);
}

function pods(plan: Plan): readonly ClusterObject[] {
  return plan.components.flatMap(({ name: component, namespace, workloads }) =>
    workloads.flatMap((workload) =>
      objectNames(plan, workload)
        .flatMap((name) => podNames(workload, name))
        .map((name): ClusterObject => ({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name,
            namespace,
            creationTimestamp: MADE,
            labels: { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': workload.role },
          },
          spec: { nodeName: NODE, containers: [{ name: workload.role }] },
          status: {
            phase: 'Running',
            conditions: [{ type: 'Ready', status: 'True' }],
            containerStatuses: [{ name: workload.role, ready: true, restartCount: 0, state: { running: {} } }],
          },
        })),
    ),
  );
}

function secrets(plan: Plan): readonly ClusterObject[] {
  const given = new Map<string, string>();
  const { changes } = planSecretChanges(plan, { present: new Map(), given, password: newPassword, salt: newSalt });
  return changes.map(({ namespace, name, values }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name },
    data: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  }));
}
