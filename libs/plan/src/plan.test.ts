import { anyCluster, parseValue } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceOfPort } from './connections/endpoints.ts';
import { plan } from './plan.ts';
import type { Plan, PodEndpoint, Workload } from './types.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };

function law(check: (planned: Plan) => void): void {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      check(plan(cluster, fleet));
    }),
    { numRuns: 100 },
  );
}

test('the same spec gives the same plan', () => {
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      expect(plan(cluster, fleet)).toEqual(plan(cluster, fleet));
    }),
    { numRuns: 30 },
  );
});

test('whoever signs in has a name of his own, and writes and reads tenants that there are', () => {
  law(({ credentials, tenants }) => {
    const names = tenants.map(({ name }) => name);
    const signing = credentials.map(({ name }) => name.toLowerCase());
    expect(new Set(signing).size).toBe(signing.length);
    expect(signing).toEqual(expect.arrayContaining(names.map((name) => name.toLowerCase())));
    for (const { writes, reads, readIds } of credentials) {
      expect(names).toEqual(expect.arrayContaining([...reads, ...(writes === undefined ? [] : [writes])]));
      for (const ids of [readIds.metrics, readIds.logs, readIds.traces]) {
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining([...reads]));
        // What nobody is called any more is read by its new owner only, and by those who read him.
        const old = ids.filter((id) => !names.includes(id));
        expect(old.length > 0).toBe(tenants.some(({ name, adopts }) => adopts !== undefined && reads.includes(name)));
      }
    }
  });
});

test('the limits of tenants are what the spec says, and never more than the cluster is planned for', () => {
  law(({ tenants, load }) => {
    const named = tenants.filter(({ own }) => !own);
    const sum = named.reduce((total, { limits }) => total + limits.activeSeries, 0);
    // A floor for each, so that a small cluster refuses no single busy deployment.
    expect(sum).toBeLessThanOrEqual(load.activeSeries * 1.5 + named.length * 150_001);
    for (const { limits } of tenants) for (const limit of Object.values(limits)) expect(limit).toBeGreaterThan(0);
  });
});

test('every ring has at least as many members as copies', () => {
  law((planned) => {
    const zones = Math.max(1, planned.kubernetes.zones.length);
    const total = (component: string, role: string) =>
      planned.components
        .flatMap(({ workloads }) => workloads)
        .filter((workload) => workload.component === component && workload.role === role)
        .reduce((sum, workload) => sum + workload.replicas * (workload.zonal ? zones : 1), 0);
    for (const [name, store] of [
      ['loki', planned.loki],
      ['mimir', planned.mimir],
    ] as const) {
      if (store === undefined) continue;
      const roles =
        store.mode === 'distributed'
          ? name === 'mimir'
            ? ['ingester', 'store-gateway', 'alertmanager']
            : ['ingester']
          : ['monolithic'];
      for (const role of roles)
        expect(total(name, role), `${name} ${role}`).toBeGreaterThanOrEqual(store.replicationFactor);
    }
  });
});

test('zones hold equal numbers, and only where there are as many zones as copies', () => {
  law((planned) => {
    for (const { workloads } of planned.components)
      for (const { zonal } of workloads) if (zonal) expect(planned.kubernetes.zones).toHaveLength(3);
  });
});

test('singletons are one', () => {
  law((planned) => {
    const singles = planned.components
      .flatMap(({ workloads }) => workloads)
      .filter(
        ({ component, role }) =>
          (component === 'loki' && role === 'compactor') ||
          (component === 'tempo' && (role === 'backend-scheduler' || role === 'monolithic')),
      );
    for (const single of singles)
      expect([single.replicas, single.maxReplicas, single.zonal]).toEqual([1, undefined, false]);
  });
});

test('every connection starts and ends at something that exists, on a port it listens on', () => {
  law((planned) => {
    const workloads = planned.components.flatMap((component) => component.workloads);
    const find = (endpoint: PodEndpoint): Workload | undefined =>
      workloads.find(({ component, role }) => component === endpoint.component && role === endpoint.role);
    for (const { from, to, port, portName, service } of planned.connections) {
      if (from.kind === 'pods') expect(find(from), JSON.stringify(from)).toBeDefined();
      if (to.kind !== 'pods') continue;
      expect(find(to)?.ports, JSON.stringify(to)).toContainEqual({ name: portName, port });
      expect(service).toBe(serviceOfPort(to, portName));
    }
  });
});

test('requests stay below limits, and numbers are whole and sane', () => {
  law((planned) => {
    for (const { requests, limits, volumeBytes = 1, replicas } of planned.components.flatMap(
      ({ workloads }) => workloads,
    )) {
      expect(requests.memoryBytes).toBeLessThanOrEqual(limits.memoryBytes);
      for (const number of [requests.memoryBytes, limits.memoryBytes, volumeBytes, replicas])
        expect(Number.isSafeInteger(number)).toBe(true);
      expect(requests.milliCpu).toBeGreaterThan(0);
    }
  });
});

test('more load never plans less', () => {
  const amounts = (volume: string) =>
    plan(
      parseValue({
        apiVersion: 'lgtm-fleet/v1',
        kind: 'Cluster',
        metadata: { name: 'x' },
        spec: {
          kubernetes: { nodes: 9 },
          load: { logs: { volume } },
          objectStorage: { seaweedfs: {} },
          logs: { mode: 'distributed' },
        },
      }),
      fleet,
    )
      .components.flatMap(({ workloads }) => workloads)
      .filter(({ component }) => component === 'loki')
      .reduce((sum, { replicas, requests }) => sum + replicas * requests.milliCpu, 0);
  const steps = ['10GB/day', '400GB/day', '2TB/day', '8TB/day', '30TB/day'].map(amounts);
  expect(steps).toEqual(steps.toSorted((left, right) => left - right));
});

test('each decision has a reason and a source', () => {
  law((planned) => {
    for (const { reason, source, value } of planned.decisions)
      expect([reason, source, value].every((text) => text.length > 0)).toBe(true);
  });
});

test('the home lab asks for at most one CPU and 1.5 GiB', () => {
  const planned = plan(
    parseValue({ apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name: 'home-lab' }, spec: {} }),
    fleet,
  );
  const workloads = planned.components.flatMap((component) => component.workloads);
  const pods = (workload: Workload) => (workload.kind === 'DaemonSet' ? 1 : workload.replicas);
  expect(workloads.reduce((sum, workload) => sum + pods(workload) * workload.requests.milliCpu, 0)).toBeLessThanOrEqual(
    1000,
  );
  expect(
    workloads.reduce((sum, workload) => sum + pods(workload) * workload.requests.memoryBytes, 0),
  ).toBeLessThanOrEqual(1.5 * 2 ** 30);
  expect(planned.components.map(({ name }) => name)).toEqual([
    'namespaces',
    'loki',
    'prometheus',
    'tempo',
    'gateway',
    'grafana',
    'alloy',
    'alloy-gateway',
    'kube-state-metrics',
    'node-exporter',
    'rules',
  ]);
});

test('the sample application of an edge has its own namespace, the rest of it that of the collectors', () => {
  const file = (name: string, spec: Readonly<Record<string, unknown>>) =>
    parseValue({ apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name }, spec });
  const hub = file('hub', {
    objectStorage: { seaweedfs: {} },
    exposure: {
      gateway: { name: 'public', namespace: 'gateways' },
      grafana: { hostname: 'grafana.example.com' },
      ingest: { hostname: 'push.example.com' },
    },
  });
  const planned = plan(file('edge', { role: 'edge', hub: 'hub', sample: true }), { ...fleet, hub });
  const namespaces = planned.components.map(({ name, namespace }) => [name === 'sample', namespace]);
  expect(namespaces).toEqual(
    planned.components.map(({ name }) => [name === 'sample', name === 'sample' ? 'sample' : 'monitoring']),
  );
  expect(planned.components.find(({ name }) => name === 'namespaces')?.variants).toEqual(['collectors', 'sample']);
});
