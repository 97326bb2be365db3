import type { ReleaseName } from '@lgtm-fleet/releases';
import type { Modes } from './modes.ts';
import { namespaceOf } from './connections/endpoints.ts';
import { CLIENT_CERTIFICATES } from './ports.ts';
import type { ComponentName, ComponentPlan, GrafanaPlan, Mode, Workload } from './types.ts';

/**
 * Sync waves of the Applications. A wave starts when the one before it is healthy, so an earlier wave is only for what
 * nothing can start without; the rest waits for each other by itself, and one that is broken keeps none from starting
 * (docs/adr/0007).
 */
const WAVES: Readonly<Record<ComponentName, number>> = {
  namespaces: -8,
  secrets: -6,
  seaweedfs: -4,
  kafka: -4,
  loki: 0,
  mimir: 0,
  prometheus: 0,
  tempo: 0,
  gateway: 0,
  grafana: 0,
  alloy: 0,
  'alloy-gateway': 0,
  'alloy-sources': 0,
  'kube-state-metrics': 0,
  'node-exporter': 0,
  canary: 0,
  'canary-traces': 0,
  rules: 0,
  alertmanager: 0,
  'meta-monitoring': 0,
  sample: 0,
};

/** The way of a reader, and of the data, within a wave. */
const ORDER = Object.keys(WAVES);

/** Releases whose images a component names; the first is its version label. */
const RELEASES: Readonly<Record<ComponentName, readonly ReleaseName[]>> = {
  namespaces: [],
  secrets: [],
  seaweedfs: ['seaweedfs'],
  kafka: ['kafka'],
  loki: ['loki'],
  mimir: ['mimir'],
  prometheus: ['prometheus'],
  tempo: ['tempo'],
  gateway: ['nginx'],
  grafana: ['grafana'],
  alloy: ['alloy'],
  'alloy-gateway': ['alloy'],
  'alloy-sources': ['alloy'],
  'kube-state-metrics': ['kube-state-metrics'],
  'node-exporter': ['node-exporter'],
  canary: ['loki-canary', 'mimir'],
  'canary-traces': ['tempo-vulture', 'nginx'],
  rules: ['nginx'],
  alertmanager: ['alertmanager'],
  'meta-monitoring': ['prometheus'],
  sample: ['sample'],
};

export interface ComponentInputs {
  readonly role: 'hub' | 'edge';
  readonly modes: Modes;
  readonly zoneAware: boolean;
  readonly ingestStorage: boolean;
  /** Absent on an edge. */
  readonly grafana?: GrafanaPlan;
  /** Secrets come with the overlays: from a secret store, or sealed. */
  readonly secretObjects: boolean;
  readonly tls: boolean;
  readonly workloads: readonly Workload[];
}

/** The Applications of a cluster, in the order in which they sync. */
export function planComponents(inputs: ComponentInputs): readonly ComponentPlan[] {
  const { role, modes, workloads } = inputs;
  const named = new Set<ComponentName>(workloads.map((workload) => workload.component));
  named.add('namespaces');
  if (inputs.secretObjects) named.add('secrets');
  const stores: Partial<Record<ComponentName, Mode>> = { loki: modes.loki, mimir: modes.mimir, tempo: modes.tempo };
  return [...named]
    .map((name): ComponentPlan => {
      const own = workloads.filter((workload) => workload.component === name);
      const mode = stores[name] ?? 'single';
      const cached = own.some((workload) => workload.role === 'cache' || workload.role.endsWith('-cache'));
      return {
        name,
        // An edge has no namespace of the stack.
        namespace: role === 'edge' && namespaceOf(name) === 'observability' ? 'monitoring' : namespaceOf(name),
        mode,
        variants: variantsOf(name, mode, { ...inputs, role }, own),
        wave: WAVES[name],
        releases: [
          ...RELEASES[name],
          ...(cached ? (['memcached'] as const) : []),
          ...(name === 'grafana' && backedUp(inputs.grafana) ? (['litestream'] as const) : []),
        ],
        workloads: own,
      };
    })
    .toSorted((left, right) => left.wave - right.wave || ORDER.indexOf(left.name) - ORDER.indexOf(right.name));
}

function backedUp(grafana: GrafanaPlan | undefined): boolean {
  return grafana?.database.kind === 'sqlite' && grafana.database.backup !== undefined;
}

function variantsOf(
  name: ComponentName,
  mode: Mode,
  inputs: ComponentInputs,
  workloads: readonly Workload[],
): readonly string[] {
  switch (name) {
    case 'loki':
    case 'mimir':
    case 'tempo': {
      if (mode !== 'distributed') return [mode];
      const caches = workloads.some((workload) => workload.role === 'cache' || workload.role.endsWith('-cache'))
        ? ['caches']
        : [];
      return [
        mode,
        inputs.zoneAware ? 'zones' : 'zoneless',
        ...caches,
        ...(name === 'mimir' && inputs.ingestStorage ? ['ingest-storage'] : []),
      ];
    }
    case 'prometheus':
    case 'alertmanager':
    case 'meta-monitoring':
      return inputs.tls ? ['tls'] : [];
    case 'gateway':
      return workloads.some(({ ports }) => ports.includes(CLIENT_CERTIFICATES)) ? ['client-certificates'] : [];
    case 'grafana':
      return [
        inputs.grafana?.database.kind === 'postgres' ? 'postgres' : 'sqlite',
        ...(inputs.grafana !== undefined && inputs.grafana.organisations.length > 1 ? ['organisations'] : []),
        // After the one above, whose container starts later than those of this one.
        ...(backedUp(inputs.grafana) ? ['backup'] : []),
      ];
    case 'namespaces':
      return [
        ...(inputs.role === 'edge' ? [] : ['stack']),
        'collectors',
        ...(inputs.workloads.some(({ component }) => component === 'sample') ? ['sample'] : []),
      ];
    case 'alloy-gateway':
      return [
        workloads.some((workload) => workload.kind === 'StatefulSet') ? 'tail-sampling' : 'stateless',
        ...(inputs.role === 'hub' ? ['tenants'] : []),
      ];
    default:
      return [];
  }
}
