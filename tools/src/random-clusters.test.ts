import { get, readManifests, workloadOf, type Manifest as Read } from '@lgtm-fleet/manifests';
import { objectNames } from '@lgtm-fleet/plan';
import type { Plan } from '@lgtm-fleet/plan';
import { solver } from '@lgtm-fleet/reachability';
import { dependencyWalk, findKustomize, renderAll } from '@lgtm-fleet/render';
import { schemaValidator } from '@lgtm-fleet/schemas';
import { anyCluster, parseValue } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { foldersOf } from './commands/render.ts';
import { accessFaults } from './testing/access.ts';
import { differences, questions } from './testing/graph.ts';
import { restrictedFaults } from './testing/pod-security.ts';
import { subjectsOf, worldAround } from './testing/subjects.ts';
import { openWorkspace } from './workspace/root.ts';
import { isProblem } from './workspace/problem.ts';
import { clusterTree, planOf } from './workspace/tree.ts';

/** Laws that only a rendering shows, over a few random clusters; each renders in a second or two. */

const CLUSTERS = 6;

/** Beside them, whatever the seed: both other clouds, with policies of Cilium. */
const CLOUDS = [
  { zones: [], logs: '20GB/day', objectStorage: { gcs: { bucketPrefix: 'acme' } } },
  {
    zones: ['a', 'b', 'c'],
    logs: '400GB/day',
    objectStorage: {
      azure: {
        storageAccount: 'acme',
        containerPrefix: 'acme',
        auth: 'workload-identity',
        clientId: '11111111-2222-3333-4444-555555555555',
      },
    },
  },
].map(({ zones, logs, objectStorage }) =>
  parseValue({
    apiVersion: 'lgtm-fleet/v1',
    kind: 'Cluster',
    metadata: { name: 'any' },
    spec: {
      kubernetes: { networkPolicies: 'cilium', zones, nodes: 30 },
      load: { logs: { volume: logs } },
      exposure: { gateway: { name: 'public', namespace: 'gateways' }, grafana: { hostname: 'grafana.example.com' } },
      objectStorage,
    },
  }),
);

/** And sources of each kind, with policies of Kubernetes; the addresses are those that questions are asked about. */
const SOURCES = parseValue({
  apiVersion: 'lgtm-fleet/v1',
  kind: 'Cluster',
  metadata: { name: 'any' },
  spec: {
    objectStorage: { seaweedfs: {} },
    ingest: {
      sources: [
        { name: 'machines', series: 10, static: { targets: ['203.0.113.9:9100', 'vm-1.example.com:9100'] } },
        {
          name: 'front',
          series: 10,
          blackbox: {
            http: { urls: ['https://shop.example.com/', 'http://[2001:db8::9]:8080/'] },
            tcp: { addresses: ['db.shop.svc.cluster.local:5432'] },
            icmp: { hosts: ['203.0.113.9', '[2001:db8::9]'] },
            dns: { servers: ['203.0.113.9:53'], query: 'example.com' },
          },
        },
        { name: 'switches', series: 10, snmp: { devices: ['203.0.113.9', 'switch.example.com'] } },
        {
          name: 'orders',
          series: 10,
          mysql: { servers: [{ address: '203.0.113.9:3306', dataSource: { secret: 'orders', key: 'dsn' } }] },
        },
        { name: 'events', series: 10, kafka: { brokers: ['203.0.113.9:9092', 'kafka.example.com:9092'] } },
        { name: 'search', series: 10, elasticsearch: { url: 'https://search.example.com:9200' } },
      ],
    },
  },
});

interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly endpointSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly ports?: readonly { readonly name: string; readonly port: number }[];
    readonly selector?: Readonly<Record<string, string>>;
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
        readonly volumes?: readonly { readonly name: string }[];
      };
    };
  };
}

interface Rendered {
  readonly planned: Plan;
  readonly manifests: readonly Manifest[];
  readonly read: readonly Read[];
}

const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-random-'));
const rendered: Rendered[] = [];

beforeAll(async () => {
  const workspace = openWorkspace(undefined);
  if (isProblem(workspace)) throw new Error(workspace.message);
  cpSync(join(workspace.root, 'base'), join(root, 'base'), { recursive: true });
  const kustomize = await findKustomize(process.env);
  if (!kustomize.ok) throw new Error(kustomize.error.message);
  const readFile = (path: string) =>
    path.endsWith('.yaml') && existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const random = fc.sample(anyCluster, { numRuns: CLUSTERS, seed: Number(process.env['SEED'] ?? 20) });
  for (const sampled of [...random, SOURCES, ...CLOUDS]) {
    const name = `random-${String(rendered.length)}`;
    const cluster = { ...sampled, metadata: { ...sampled.metadata, name } };
    const inputs = { cluster, fleet: [], repository: 'https://git.example.com/fleet.git' };
    for (const [path, text] of clusterTree({ ...inputs, readFile, walk: dependencyWalk(readFile) })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const folders = foldersOf(root, name).slice(1);
    const results = await renderAll(
      kustomize.kustomize,
      folders.map((folder) => join(root, folder)),
      availableParallelism(),
    );
    const manifests = results.flatMap((result, index) => {
      if (!result.ok) throw new Error(`${folders[index] ?? ''}: ${result.error.message}`);
      expect(result.warnings).toEqual([]);
      return parseAllDocuments(result.manifests).map((document) => document.toJS() as Manifest);
    });
    const read = results.flatMap((result) => (result.ok ? readManifests(result.manifests, name).manifests : []));
    rendered.push({ planned: planOf(inputs), manifests, read });
  }
}, 240_000);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('every object belongs to exactly one Application', () => {
  expect(rendered).toHaveLength(CLUSTERS + 1 + CLOUDS.length);
  for (const { manifests } of rendered) {
    const identities = manifests.map(({ apiVersion, kind, metadata }) =>
      [apiVersion, kind, metadata.namespace, metadata.name].join('/'),
    );
    expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([]);
  }
});

test('every connection ends at a Service whose port and selector reach the pods', () => {
  for (const { planned, manifests } of rendered) {
    const find = (kind: string, name: string) =>
      manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
    const workloads = planned.components.flatMap((component) => component.workloads);
    for (const { to, service, portName, port } of planned.connections) {
      if (to.kind !== 'pods') continue;
      const label = `${planned.cluster} ${service ?? '?'}:${portName}`;
      const found = find('Service', service ?? '');
      expect(found?.spec?.ports, label).toContainEqual(expect.objectContaining({ name: portName, port }));
      const target = workloads.find(({ component, role }) => component === to.component && role === to.role);
      const [name = ''] = target === undefined ? [] : objectNames(planned, target);
      expect(find(target?.kind ?? '', name)?.spec?.template?.metadata.labels, label).toMatchObject(
        found?.spec?.selector ?? { missing: '' },
      );
    }
  }
});

test('policies let through what the connection graph has, and nothing else', () => {
  for (const { planned, read } of rendered) {
    const asked = questions(planned, subjectsOf(planned, read));
    expect([...differences(asked, solver(worldAround(planned, read)))], planned.cluster).toEqual([]);
    expect(asked.some(({ verdict }) => verdict)).toBe(true);
  }
}, 60_000);

test('every account, right and token is declared, and every declared one is there', () => {
  for (const { planned, read } of rendered) expect(accessFaults(planned, read), planned.cluster).toEqual([]);
});

test('every object passes the strict schema of its kind', () => {
  const schemas = join(import.meta.dirname, '../../schemas/kubernetes');
  const validate = schemaValidator((path) =>
    existsSync(join(schemas, path)) ? (JSON.parse(readFileSync(join(schemas, path), 'utf8')) as object) : undefined,
  );
  const findings = rendered.flatMap(({ planned, manifests }) =>
    manifests.flatMap((manifest) =>
      validate(manifest).map(
        ({ path, message }) =>
          `${planned.cluster} ${manifest.kind}/${manifest.metadata.name} ${path.join('.')}: ${message}`,
      ),
    ),
  );
  expect(findings).toEqual([]);
});

/** Rendered pods of the roles that use buckets, and what only they may have. */
function bucketUsers({ planned, manifests }: Rendered) {
  const names = planned.components
    .flatMap(({ workloads }) => workloads)
    .filter((workload) =>
      planned.connections.some(
        ({ from, to }) =>
          from.kind === 'pods' &&
          from.component === workload.component &&
          from.role === workload.role &&
          to.kind === 'outside' &&
          to.name === 'object-storage',
      ),
    )
    .flatMap((workload) => objectNames(planned, workload));
  const pods = manifests.flatMap(({ kind, metadata, spec }) =>
    kind !== 'ServiceAccount' && spec?.template !== undefined ? [{ name: metadata.name, ...spec.template }] : [],
  );
  return { names: names.toSorted(), pods };
}

test('with a key file exactly the pods that use buckets have it, where its client looks', () => {
  const on = rendered.at(-2)!;
  const { names, pods } = bucketUsers(on);
  const mounting = pods.filter(({ spec }) => spec.volumes?.some(({ name }) => name === 'object-storage'));
  expect(mounting.map(({ name }) => name).toSorted()).toEqual(names);
  for (const { name, spec } of mounting) {
    // Of Grafana those who keep a copy of its database, which start before it.
    const copying = (spec.initContainers ?? []).filter(({ volumeMounts }) =>
      volumeMounts?.some((mount) => mount.name === 'backup'),
    );
    const users = name === 'grafana' ? copying : spec.containers.slice(0, 1);
    expect(users.length, name).toBeGreaterThan(0);
    for (const { env, volumeMounts } of users) {
      const path = env?.find((variable) => variable.name === 'GOOGLE_APPLICATION_CREDENTIALS')?.value ?? '';
      const folder = volumeMounts?.find((mount) => mount.name === 'object-storage')?.mountPath ?? 'none';
      expect(path.startsWith(`${folder}/`), name).toBe(true);
    }
  }
});

test('with the identity of Azure exactly the pods that use buckets ask for a token, by annotated accounts', () => {
  const on = rendered.at(-1)!;
  const { names, pods } = bucketUsers(on);
  const asking = pods.filter(({ metadata }) => metadata.labels['azure.workload.identity/use'] === 'true');
  expect(asking.map(({ name }) => name).toSorted()).toEqual(names);
  const accounts = on.manifests.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.annotations);
  expect(
    accounts
      .filter(({ metadata }) => metadata.annotations?.['azure.workload.identity/client-id'] !== undefined)
      .map(({ metadata }) => metadata.name)
      .toSorted(),
  ).toEqual([...(names.includes('grafana') ? ['grafana'] : []), 'loki', 'mimir', 'tempo']);
});

test('the collector of sources passes `restricted`, and may ping where a source does', () => {
  const collectors = rendered.flatMap(({ planned, read }) => {
    const workload = read
      .flatMap((manifest) => workloadOf(manifest) ?? [])
      .find(({ name }) => name === 'alloy-sources');
    return workload === undefined ? [] : [{ planned, workload }];
  });
  expect(collectors.length).toBeGreaterThan(1);
  for (const { planned, workload } of collectors) {
    expect(restrictedFaults(workload), planned.cluster).toEqual([]);
    const pings = planned.ingest.sources.some(({ blackbox }) => blackbox?.icmp !== undefined);
    expect(get(workload.pod, 'securityContext', 'sysctls'), planned.cluster).toEqual(
      pings ? [{ name: 'net.ipv4.ping_group_range', value: '10001 10001' }] : undefined,
    );
  }
});

test('policies of Cilium select pods that are there', () => {
  let policies = 0;
  for (const { planned, manifests } of rendered) {
    const labels = manifests.flatMap(({ spec }) =>
      spec?.template === undefined ? [] : [spec.template.metadata.labels],
    );
    const own = manifests.filter(({ kind }) => kind === 'CiliumNetworkPolicy');
    if (planned.kubernetes.networkPolicies !== 'cilium') expect(own).toEqual([]);
    for (const { metadata, spec } of own) {
      const wanted = Object.entries(spec?.endpointSelector?.matchLabels ?? { none: 'none' });
      const found = labels.some((pod) => wanted.every(([key, value]) => pod[key] === value));
      expect(found, `${planned.cluster} ${metadata.name}`).toBe(true);
      policies += 1;
    }
  }
  expect(policies).toBeGreaterThan(CLOUDS.length);
});
