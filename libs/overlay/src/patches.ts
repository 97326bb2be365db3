import { objectNames, serviceOf, type ComponentPlan, type Plan, type Workload } from '@lgtm-fleet/plan';
import type { KubernetesObject, PatchFile } from '@lgtm-fleet/resources';
import { bytes, formatCpu, formatQuantity } from '@lgtm-fleet/units';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { tlsPatches } from './certificates.ts';
import { identify } from './workload-objects.ts';

/** Every patch that follows from the plan alone; one file for each reason to change. */
export function planPatches(plan: Plan, component: ComponentPlan): readonly PatchFile[] {
  const files: readonly PatchFile[] = [
    resources(plan, component),
    volumes(plan, component),
    zones(plan, component),
    autoscaling(component),
    caches(plan, component),
    credentials(plan, component),
    identity(plan, component),
    tlsPatches(plan, component),
  ];
  return files.filter((file) => file.patches.length > 0);
}

/** Replicas that this project owns; where an autoscaler owns them there are none to set. */
export function replicas(
  plan: Plan,
  component: ComponentPlan,
): readonly { readonly name: string; readonly count: number }[] {
  return component.workloads
    .filter(
      (workload) =>
        workload.maxReplicas === undefined && (workload.kind === 'Deployment' || workload.kind === 'StatefulSet'),
    )
    .flatMap((workload) => objectNames(plan, workload).map((name) => ({ name, count: workload.replicas })));
}

function resources(plan: Plan, component: ComponentPlan): PatchFile {
  return {
    name: 'resources.yaml',
    why: 'Requests and limits that the plan computed; `nx run tools:plan` says why. Memory is limited, CPU is not:\na throttled ingester falls behind, a busy one only takes what is idle.',
    patches: component.workloads.flatMap((workload) =>
      containerPatches(plan, workload, {
        resources: {
          requests: {
            cpu: formatCpu(workload.requests.milliCpu),
            memory: formatQuantity(workload.requests.memoryBytes),
          },
          limits: { memory: formatQuantity(workload.limits.memoryBytes) },
        },
      }),
    ),
  };
}

function volumes(plan: Plan, component: ComponentPlan): PatchFile {
  const { storageClass } = plan.kubernetes;
  return {
    name: 'volumes.yaml',
    why: 'Sizes and class of the claims, which outlive their StatefulSet. A claim template cannot be changed in place: to grow a volume, grow the\nclaims first and then replace the StatefulSet without its pods (docs/3-lgtm-stack.md).',
    patches: component.workloads.flatMap((workload) => {
      const { volumeBytes } = workload;
      if (volumeBytes === undefined) return [];
      // Spelt out in full: the API server fills in what is left out, and Argo CD would call that a difference.
      const claim: YamlValue = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(storageClass !== undefined && { storageClassName: storageClass }),
          volumeMode: 'Filesystem',
          resources: { requests: { storage: formatQuantity(volumeBytes) } },
        },
      };
      return objectNames(plan, workload).map((name) => ({
        ...identify(workload, name),
        spec: {
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
          volumeClaimTemplates: [claim],
        },
      }));
    }),
  };
}

function zones(plan: Plan, component: ComponentPlan): PatchFile {
  return {
    name: 'zones.yaml',
    why: 'Which topology zone fills which slot. Never swap two: a volume cannot follow its pod to another zone.',
    patches: component.workloads
      .filter((workload) => workload.zonal)
      .flatMap((workload) =>
        plan.kubernetes.zones.map((zone) => ({
          ...identify(workload, `${workload.name}-${zone.slot}`),
          spec: {
            template: {
              spec: {
                affinity: {
                  nodeAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: {
                      nodeSelectorTerms: [
                        {
                          matchExpressions: [
                            { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone.topologyZone] },
                          ],
                        },
                      ],
                    },
                  },
                },
              },
            },
          },
        })),
      ),
  };
}

function autoscaling(component: ComponentPlan): PatchFile {
  return {
    name: 'autoscaling.yaml',
    why: 'Between the replicas that the load needs and those it may burst to; the autoscaler owns the number.',
    patches: component.workloads.flatMap((workload) =>
      workload.maxReplicas === undefined
        ? []
        : [
            {
              apiVersion: 'autoscaling/v2',
              kind: 'HorizontalPodAutoscaler',
              metadata: { name: workload.name },
              spec: { minReplicas: workload.replicas, maxReplicas: workload.maxReplicas },
            },
          ],
    ),
  };
}

function caches(plan: Plan, component: ComponentPlan): PatchFile {
  const stores: Readonly<Record<string, Plan['loki'] | Plan['mimir'] | Plan['tempo']>> = {
    loki: plan.loki,
    mimir: plan.mimir,
    tempo: plan.tempo,
  };
  const sizes = stores[component.name]?.caches ?? [];
  return {
    name: 'caches.yaml',
    why: 'What each cache may hold (-m, MiB), its largest item (-I), and connections (-c). The memory limit in\nresources.yaml is a fifth above -m, which counts items only.',
    patches: component.workloads.flatMap((workload) => {
      const cache = sizes.find(({ role }) => role === workload.role);
      if (cache === undefined) return [];
      const args = [
        '-m',
        String(Math.floor(cache.memoryBytes / bytes.MI)),
        '-I',
        `${String(Math.ceil(cache.maxItemBytes / bytes.MI))}m`,
        '-c',
        '16384',
      ];
      return containerPatches(plan, workload, { args });
    }),
  };
}

function credentials(plan: Plan, component: ComponentPlan): PatchFile {
  const storage = plan.objectStorage;
  const secret = storage.kind !== 'filesystem' && storage.auth === 'secret' && storesObjects(plan, component);
  const file = storage.kind === 'gcs';
  return {
    name: 'object-storage-credentials.yaml',
    why: `Keys of the object storage come from Secret object-storage, as ${file ? 'a file that its client looks for' : 'environment; the configuration only names them'}.`,
    patches: (secret ? bucketUsers(plan, component) : []).flatMap((workload) =>
      file
        ? podPatches(plan, workload, {
            ...bucketContainers(component, workload, KEY_FILE),
            volumes: [
              {
                name: 'object-storage',
                secret: { secretName: 'object-storage', items: [{ key: 'service-account', path: 'key.json' }] },
              },
            ],
          })
        : podPatches(plan, workload, bucketContainers(component, workload, KEYS)),
    ),
  };
}

const KEYS: Readonly<Record<string, YamlValue>> = { envFrom: [{ secretRef: { name: 'object-storage' } }] };

/** The store itself; of Grafana those who keep a copy of its database, and not Grafana. */
function bucketContainers(
  { name }: ComponentPlan,
  { role }: Workload,
  fields: Readonly<Record<string, YamlValue>>,
): Readonly<Record<string, YamlValue>> {
  if (name !== 'grafana') return { containers: [{ name: role, ...fields }] };
  return { initContainers: ['restore', 'backup'].map((container) => ({ name: container, ...fields })) };
}

/** Where Google's client looks; Tempo's configuration has no key for it. */
const KEY_FILE: Readonly<Record<string, YamlValue>> = {
  env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/object-storage/key.json' }],
  volumeMounts: [{ name: 'object-storage', mountPath: '/etc/object-storage', readOnly: true }],
};

function identity(plan: Plan, component: ComponentPlan): PatchFile {
  const storage = plan.objectStorage;
  const given = storage.kind !== 'filesystem' && storage.auth === 'workload-identity' && storesObjects(plan, component);
  const annotations = given ? storage.serviceAccountAnnotations : {};
  const labels = given ? storage.podLabels : {};
  return {
    name: 'workload-identity.yaml',
    why: 'The cloud role that may use the buckets; no key exists anywhere.',
    patches: [
      ...(Object.keys(annotations).length === 0
        ? []
        : [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: component.name, annotations } }]),
      ...(Object.keys(labels).length === 0
        ? []
        : bucketUsers(plan, component).flatMap((workload) =>
            objectNames(plan, workload).map((name) => ({
              ...identify(workload, name),
              spec: { template: { metadata: { labels } } },
            })),
          )),
    ],
  };
}

function storesObjects(plan: Plan, component: ComponentPlan): boolean {
  return ['loki', 'mimir', 'tempo', 'grafana'].includes(component.name) && bucketUsers(plan, component).length > 0;
}

/** Workloads of a component that the connection graph lets talk to object storage. */
function bucketUsers(plan: Plan, component: ComponentPlan): readonly Workload[] {
  return component.workloads.filter((workload) =>
    plan.connections.some(
      ({ from, to }) =>
        from.kind === 'pods' &&
        from.component === component.name &&
        from.role === workload.role &&
        (to.kind === 'outside' ? to.name === 'object-storage' : serviceOf(to) === 'seaweedfs'),
    ),
  );
}

function containerPatches(
  plan: Plan,
  workload: Workload,
  fields: Readonly<Record<string, YamlValue>>,
): readonly KubernetesObject[] {
  const name = workload.role === 'cache' || workload.role.endsWith('-cache') ? 'memcached' : workload.role;
  return podPatches(plan, workload, { containers: [{ name, ...fields }] });
}

function podPatches(
  plan: Plan,
  workload: Workload,
  spec: Readonly<Record<string, YamlValue>>,
): readonly KubernetesObject[] {
  return objectNames(plan, workload).map((object) => ({
    ...identify(workload, object),
    spec: { template: { spec } },
  }));
}
