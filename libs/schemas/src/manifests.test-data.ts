import { ciliumNetworkPolicy } from './cilium.test-data.ts';
import { entryManifests } from './entry-manifests.test-data.ts';

/** Good objects, at least one of every kind, accepted as they are by an API server (`kubectl apply --dry-run=server`). */
interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}

const metadata = { name: 'example', namespace: 'default', labels: { 'app.kubernetes.io/name': 'example' } };
const clusterMetadata = { name: 'example' };
const matchLabels = { 'app.kubernetes.io/name': 'example' };

const podSpec = {
  serviceAccountName: 'default',
  automountServiceAccountToken: false,
  terminationGracePeriodSeconds: 300,
  securityContext: { runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['zone-a'] }] },
        ],
      },
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels },
    },
  ],
  containers: [
    {
      name: 'example',
      image: 'example/example:1.0.0',
      args: ['-config.file=/etc/example/example.yaml'],
      env: [
        { name: 'GOMAXPROCS', value: '2' },
        { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      ],
      envFrom: [{ secretRef: { name: 'object-storage' } }],
      ports: [{ name: 'http', containerPort: 3100, protocol: 'TCP' }],
      resources: { requests: { cpu: '100m', memory: '1.5Gi' }, limits: { memory: 2147483648 } },
      readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 10 },
      startupProbe: { tcpSocket: { port: 3100 }, failureThreshold: 60 },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [
        { name: 'config', mountPath: '/etc/example' },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    },
  ],
  volumes: [
    { name: 'config', configMap: { name: 'example-config' } },
    { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
  ],
};
const template = { metadata: { labels: matchLabels }, spec: podSpec };
const jobSpec = { backoffLimit: 5, template: { ...template, spec: { ...podSpec, restartPolicy: 'OnFailure' } } };
const claimSpec = {
  accessModes: ['ReadWriteOnce'],
  volumeMode: 'Filesystem',
  resources: { requests: { storage: '10Gi' } },
};
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }];
const subjects = [{ kind: 'ServiceAccount', name: 'example', namespace: 'default' }];
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', name: 'example' };

export const manifests: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'example.yaml': 'a: 1\n' }, immutable: true },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '10m', memory: '32Mi' } }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'example', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: { ...claimSpec, storageClassName: 'standard' } },
  { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard: { 'requests.cpu': '10', pods: 50 }, scopes: ['NotTerminating'] },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { key: 'dmFsdWU=' }, stringData: { other: 'x' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: matchLabels,
      ports: [
        { name: 'http', port: 3100, targetPort: 'http', appProtocol: 'http' },
        { name: 'grpc', port: 9095, targetPort: 9095 },
      ],
    },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { selector: { matchLabels }, template, updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template,
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: 'example',
      replicas: 3,
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels },
      template,
      volumeClaimTemplates: [
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: claimSpec },
      ],
    },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata,
    spec: {
      sourceRepos: ['https://github.com/example/fleet.git'],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'observability' }],
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
      namespaceResourceWhitelist: [{ group: 'apps', kind: 'Deployment' }],
    },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...metadata, annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.;/base/loki' } },
    spec: {
      project: 'example',
      source: {
        repoURL: 'https://github.com/example/fleet.git',
        path: 'overlays/example/loki',
        targetRevision: 'main',
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'observability' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['ServerSideApply=true', 'PruneLast=true'],
        retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
      ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'example' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: jobSpec } },
  },
  { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: jobSpec },
  ciliumNetworkPolicy,
  {
    ...{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata },
    spec: {
      secretName: 'loki-tls',
      usages: ['digital signature', 'server auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  },
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata,
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { name: 'object-storage', creationPolicy: 'Owner', template: { data: { key: '{{ .key }}' } } },
      data: [{ secretKey: 'key', remoteRef: { key: 'lgtm/object-storage', property: 'key' } }],
    },
  },
  ...entryManifests,
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
          ports: [{ protocol: 'TCP', port: 'http' }],
        },
      ],
      egress: [
        { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443, endPort: 444 }] },
      ],
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: clusterMetadata, rules },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: clusterMetadata,
    subjects,
    roleRef: { ...roleRef, kind: 'ClusterRole' },
  },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    subjects,
    roleRef: { ...roleRef, kind: 'Role' },
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: clusterMetadata,
    value: 1000,
    globalDefault: false,
    description: 'For collectors',
  },
];
