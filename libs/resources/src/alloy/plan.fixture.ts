import type { ComponentPlan, Plan, TenantPlan, Workload } from '@lgtm-fleet/plan';
import { releases } from '@lgtm-fleet/releases';

/** A tenant of a test; what collectors do not look at is the same for all. */
export function tenant(name: string, namespaces: readonly string[] = []): TenantPlan {
  return {
    name,
    namespaces,
    share: 1,
    retentionSeconds: { metrics: 1, logs: 1, traces: 1 },
    limits: { activeSeries: 1, samplesPerSecond: 1, logBytesPerSecond: 1, traceBytesPerSecond: 1 },
    viewers: [],
    editors: [],
    own: false,
  };
}

export function workload(fields: Partial<Workload>): Workload {
  return {
    component: 'alloy-gateway',
    role: 'alloy-gateway',
    name: 'alloy-gateway',
    kind: 'Deployment',
    replicas: 1,
    zonal: false,
    requests: { milliCpu: 100, memoryBytes: 256 * 1024 ** 2 },
    limits: { memoryBytes: 512 * 1024 ** 2 },
    ports: [],
    ...fields,
  };
}

export function componentPlan(fields: Partial<ComponentPlan>): ComponentPlan {
  return {
    name: 'alloy',
    namespace: 'monitoring',
    mode: 'single',
    variants: [],
    wave: 0,
    releases: ['alloy'],
    workloads: [],
    ...fields,
  };
}

/** The smallest plan that the collectors' generators take. */
export function plan(fields: Partial<Plan> = {}): Plan {
  return {
    cluster: 'home-lab',
    labels: {},
    role: 'hub',
    specPath: 'clusters/home-lab/cluster.yaml',
    kubernetes: { version: '1.36', clusterDomain: 'cluster.local', networkPolicies: 'kubernetes', nodes: 1, zones: [] },
    repository: { url: 'https://example.com/fleet.git', revision: 'main' },
    argocd: { selfManaged: true, pollSeconds: 120 },
    components: [],
    connections: [],
    certificates: [],
    tenants: [tenant('main')],
    credentials: [],
    secretSource: { kind: 'bootstrap' },
    objectStorage: { kind: 'filesystem' },
    buckets: {
      loki: '',
      lokiRuler: '',
      mimirBlocks: '',
      mimirRuler: '',
      mimirAlertmanager: '',
      tempo: '',
      grafana: '',
    },
    secrets: [],
    collection: {
      clusterLabel: 'home-lab',
      scrapeIntervalSeconds: 30,
      gatewayUrl: 'http://gateway.observability.svc.cluster.local:8080',
      headSamplingRatio: 1,
    },
    ingest: { sources: [], senders: [], hosts: [] },
    load: { activeSeries: 1, logBytesPerSecond: 1, traceBytesPerSecond: 1, queriesPerSecond: 1 },
    releases,
    decisions: [],
    ...fields,
  };
}
