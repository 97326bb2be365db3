import type { ComponentName, Namespace, Plan, Workload } from './types.ts';

/** What an account may ask of the API server, and why it has to. */
export interface AccessRule {
  /** Empty for the core. */
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Where; absent for all namespaces, where none can be known beforehand. */
  readonly namespaces?: readonly Namespace[];
  readonly why: string;
}

/** A ServiceAccount. Its pods have a token only where there are rules for it. */
export interface Account {
  readonly name: string;
  readonly namespace: Namespace;
  readonly component: ComponentName;
  readonly rules: readonly AccessRule[];
}

const READ = ['list', 'watch'] as const;

/** Everything that anything of the stack may do at an API server. A component that is not here may do nothing. */
const RULES: Readonly<Partial<Record<ComponentName, readonly AccessRule[]>>> = {
  alloy: [
    {
      group: '',
      resources: ['pods'],
      verbs: READ,
      why: 'finds the pods of its node, and those that PodMonitors select',
    },
    { group: '', resources: ['services'], verbs: READ, why: 'finds the services that ServiceMonitors select' },
    {
      group: 'discovery.k8s.io',
      resources: ['endpointslices'],
      verbs: READ,
      why: 'finds the pods behind the services that ServiceMonitors select',
    },
    {
      group: 'monitoring.coreos.com',
      resources: ['podmonitors', 'servicemonitors'],
      verbs: READ,
      why: 'follows what applications ask to have scraped',
    },
    {
      group: '',
      resources: ['nodes/metrics'],
      verbs: ['get'],
      why: 'kubelets ask for it before they show /metrics and /metrics/cadvisor; nodes/proxy would also run commands',
    },
  ],
  'alloy-gateway': [
    { group: '', resources: ['pods'], verbs: READ, why: 'tells by its address which pod sent telemetry' },
  ],
  'meta-monitoring': [
    {
      group: '',
      resources: ['pods'],
      verbs: READ,
      namespaces: ['observability', 'monitoring'],
      why: 'finds the pods of the stack, which it scrapes',
    },
  ],
  'kube-state-metrics': [
    {
      group: '',
      resources: ['namespaces', 'nodes', 'persistentvolumeclaims', 'persistentvolumes', 'pods', 'resourcequotas'],
      verbs: READ,
      why: 'counts pods and what they ask for, nodes, volumes and quotas',
    },
    {
      group: 'apps',
      resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
      verbs: READ,
      why: 'compares how many pods there should be with how many there are, and names whose they are',
    },
    {
      group: 'autoscaling',
      resources: ['horizontalpodautoscalers'],
      verbs: READ,
      why: 'shows which are at their limit',
    },
    { group: 'batch', resources: ['jobs'], verbs: READ, why: 'shows which have failed' },
    { group: 'policy', resources: ['poddisruptionbudgets'], verbs: READ, why: 'shows which allow no disruption' },
  ],
};

/** Every ServiceAccount of a cluster with its rights: one for each component, and one for each cache. */
export function accountsOf({ components }: Pick<Plan, 'components'>): readonly Account[] {
  const accounts = components.flatMap(({ name, namespace, workloads }) =>
    workloads.map((workload): Account => ({
      name: accountOf(workload),
      namespace,
      component: name,
      rules: accountOf(workload) === name ? (RULES[name] ?? []) : [],
    })),
  );
  return [...new Map(accounts.map((account) => [`${account.namespace}/${account.name}`, account])).values()];
}

/** Name of the account that a workload's pods run as. */
export function accountOf({ component, role, name }: Pick<Workload, 'component' | 'role' | 'name'>): string {
  return role === 'cache' || role.endsWith('-cache') ? name : component;
}
