import { plan, type Plan, type Workload } from '@lgtm-fleet/plan';
import { objectNames } from '@lgtm-fleet/plan';
import { parseBytes } from '@lgtm-fleet/units';
import { schemaValidator } from '@lgtm-fleet/schemas';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { foldersOf } from './commands/render.ts';
import { renderExamples } from './testing/rendered.ts';
import { loadFleet } from './workspace/clusters.ts';
import { openWorkspace } from './workspace/root.ts';
import { isProblem } from './workspace/problem.ts';
import { planOf } from './workspace/tree.ts';

/** The committed examples, rendered by the real Kustomize and held against the plan. */

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // What the tests look into is checked by the schemas first.
  readonly spec: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

const workspace = openWorkspace(undefined);
if (isProblem(workspace)) throw new Error(workspace.message);
const { root, repository } = workspace;
const fleet = loadFleet(root);
const specs = fleet.clusters.map(({ cluster }) => cluster);
const plans = new Map<string, Plan>(
  specs.map((cluster) => [cluster.metadata.name, planOf({ cluster, fleet: specs, repository })]),
);
const folders = [...plans.keys()].flatMap((name) => foldersOf(root, name));
const rendered = new Map<string, readonly Manifest[]>();
const warnings: string[] = [];

beforeAll(async () => {
  for (const [folder, result] of (await renderExamples()).flatMap((example) => [...example.folders])) {
    warnings.push(...result.warnings.map(({ message }) => `${folder}: ${message}`));
    rendered.set(
      folder,
      parseAllDocuments(result.manifests).map((document) => document.toJS() as Manifest),
    );
  }
}, 180_000);

function manifestsOf(cluster: string): readonly { readonly folder: string; readonly manifest: Manifest }[] {
  return folders
    .filter((folder) => folder.startsWith(`overlays/${cluster}/`))
    .flatMap((folder) => (rendered.get(folder) ?? []).map((manifest) => ({ folder, manifest })));
}

test('the examples are valid together', () => {
  expect(fleet.diagnostics).toEqual([]);
  expect([...plans.keys()]).toEqual(['home-lab', 'prod-eu', 'prod-eu-shop', 'startup']);
});

test('Kustomize has nothing to warn of', () => {
  expect(warnings).toEqual([]);
  expect(rendered.size).toBe(folders.length);
});

test('every object passes the strict schema of its kind', () => {
  const validate = schemaValidator((path) => {
    const file = join(root, 'schemas/kubernetes', path);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : undefined;
  });
  const findings = [...rendered].flatMap(([folder, manifests]) =>
    manifests.flatMap((manifest) =>
      validate(manifest).map(
        ({ path, message }) => `${folder}: ${manifest.kind}/${manifest.metadata.name} ${path.join('.')}: ${message}`,
      ),
    ),
  );
  expect(findings).toEqual([]);
  expect([...rendered.values()].flat().length).toBeGreaterThan(300);
});

describe.each([...plans.keys()])('%s', (cluster) => {
  const planned = plans.get(cluster) ?? plan(specs[0] as never, { repository });
  const workloads = planned.components.flatMap((component) => component.workloads);
  const find = (kind: string, name: string) =>
    manifestsOf(cluster).find(({ manifest }) => manifest.kind === kind && manifest.metadata.name === name)?.manifest;

  test('every object belongs to exactly one Application', () => {
    const owners = new Map<string, string>();
    for (const { folder, manifest } of manifestsOf(cluster)) {
      const identity = [
        manifest.apiVersion.split('/').at(-2) ?? '',
        manifest.kind,
        manifest.metadata.namespace ?? '',
        manifest.metadata.name,
      ].join('/');
      expect(owners.get(identity), identity).toBeUndefined();
      owners.set(identity, folder);
    }
    const applications = (rendered.get(`clusters/${cluster}`) ?? []).filter(({ kind }) => kind === 'Application');
    const paths = applications
      .map(({ spec }) => (spec as { source: { path: string } }).source.path)
      .filter((path) => path.startsWith('overlays/'));
    expect(paths.toSorted()).toEqual(foldersOf(root, cluster).slice(1));
  });

  test('the project allows exactly the kinds and namespaces that are there', () => {
    const project = (rendered.get(`clusters/${cluster}`) ?? []).find(({ kind }) => kind === 'AppProject');
    if (project === undefined) throw new Error('there is no AppProject');
    const { clusterResourceWhitelist, namespaceResourceWhitelist } = project.spec;
    const allowed = [...clusterResourceWhitelist, ...namespaceResourceWhitelist].map(
      ({ group, kind }: { group: string; kind: string }) => `${group}/${kind}`,
    );
    for (const { manifest } of manifestsOf(cluster)) {
      const group = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/')[0] : '';
      expect(allowed).toContain(`${group ?? ''}/${manifest.kind}`);
    }
    expect(JSON.stringify(project.spec)).not.toContain('*');
  });

  test('every workload of the plan is there as planned, and no other is', () => {
    const present = manifestsOf(cluster)
      .filter(({ manifest }) => ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(manifest.kind))
      .map(({ manifest }) => `${manifest.kind}/${manifest.metadata.name}`);
    expect(present.toSorted()).toEqual(
      workloads
        .flatMap((workload) => objectNames(planned, workload).map((name) => `${workload.kind}/${name}`))
        .toSorted(),
    );
    for (const workload of workloads)
      for (const name of objectNames(planned, workload)) asPlanned(workload, find(workload.kind, name));
  });

  function asPlanned(workload: Workload, manifest: Manifest | undefined): void {
    const pod = manifest?.spec.template;
    const label = `${workload.kind}/${workload.name}`;
    expect(pod?.metadata.labels, label).toMatchObject({
      'app.kubernetes.io/name': workload.component,
      'app.kubernetes.io/component': workload.role,
    });
    const [container] = pod.spec.containers;
    const { requests, limits } = container.resources;
    expect([amount(requests.memory), amount(limits.memory)], label).toEqual([
      workload.requests.memoryBytes,
      workload.limits.memoryBytes,
    ]);
    for (const { name, port } of workload.ports)
      expect(container.ports, label).toContainEqual(expect.objectContaining({ name, containerPort: port }));
    const scaler = find('HorizontalPodAutoscaler', workload.name);
    if (workload.maxReplicas === undefined) {
      expect(scaler, label).toBeUndefined();
      if (workload.kind === 'Deployment' || workload.kind === 'StatefulSet')
        expect(manifest?.spec.replicas, label).toBe(workload.replicas);
    } else {
      expect(manifest?.spec.replicas, label).toBeUndefined();
      expect(scaler?.spec, label).toMatchObject({
        minReplicas: workload.replicas,
        maxReplicas: workload.maxReplicas,
        scaleTargetRef: { kind: workload.kind, name: workload.name },
      });
    }
    if (workload.kind === 'StatefulSet' && workload.volumeBytes !== undefined) {
      expect(
        amount(manifest?.spec.volumeClaimTemplates[0].spec.resources.requests.storage),
        label,
      ).toBeGreaterThanOrEqual(workload.volumeBytes);
    } else expect(manifest?.spec.volumeClaimTemplates, label).toBeUndefined();
  }

  test('every connection ends at a Service whose port and selector reach the pods', () => {
    for (const { to, service, portName, port } of planned.connections) {
      if (to.kind !== 'pods' || service === undefined) continue;
      const label = `${service}:${portName}`;
      const found = find('Service', service);
      expect(found, label).toBeDefined();
      expect(found?.spec.ports, label).toContainEqual(expect.objectContaining({ name: portName, port }));
      const target = workloads.find((workload) => workload.component === to.component && workload.role === to.role);
      const [name = ''] = target === undefined ? [] : objectNames(planned, target);
      const labels = find(target?.kind ?? '', name)?.spec.template.metadata.labels;
      expect(labels, label).toMatchObject(found?.spec.selector);
    }
  });

  test('what pods mount and read exists: config maps here, secrets in the plan', () => {
    const maps = new Set(
      manifestsOf(cluster)
        .filter(({ manifest }) => manifest.kind === 'ConfigMap')
        .map(({ manifest }) => manifest.metadata.name),
    );
    const secrets = new Set(planned.secrets.map(({ name }) => name));
    for (const { manifest } of manifestsOf(cluster)) {
      for (const { kind, name } of references(manifest.spec?.template?.spec))
        expect(kind === 'Secret' ? secrets : maps, manifest.metadata.name).toContain(name);
    }
    expect(manifestsOf(cluster).filter(({ manifest }) => manifest.kind === 'Secret')).toEqual([]);
  });

  test('images are pinned, and six labels stand on every object', () => {
    for (const { manifest } of manifestsOf(cluster)) {
      for (const match of JSON.stringify(manifest.spec?.template?.spec ?? {}).matchAll(/"image":"([^"]+)"/g))
        expect(match[1]).toMatch(/^[^:]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
      const labels = Object.keys(manifest.metadata.labels ?? {});
      for (const label of ['name', 'instance', 'part-of', 'managed-by'])
        expect(labels, `${manifest.kind}/${manifest.metadata.name}`).toContain(`app.kubernetes.io/${label}`);
      if (manifest.spec?.template !== undefined)
        expect(labels).toEqual(expect.arrayContaining(['app.kubernetes.io/component', 'app.kubernetes.io/version']));
    }
  });

  test('selectors hold only what never changes', () => {
    for (const { manifest } of manifestsOf(cluster)) {
      const selector = manifest.spec?.selector?.matchLabels as Record<string, string> | undefined;
      if (selector === undefined) continue;
      expect(
        Object.keys(selector).filter(
          (key) => !['app.kubernetes.io/name', 'app.kubernetes.io/component', 'zone', 'gossip'].includes(key),
        ),
        manifest.metadata.name,
      ).toEqual([]);
    }
  });
});

/** Config maps and secrets that a pod cannot start without. */
function references(value: unknown): readonly { readonly kind: 'Secret' | 'ConfigMap'; readonly name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.entries(value).flatMap(
    ([key, item]: [string, { name?: string; secretName?: string; optional?: boolean } | null]) => {
      const kind = /^secret(KeyRef|Ref)?$/.test(key)
        ? 'Secret'
        : /^configMap(KeyRef|Ref)?$/.test(key)
          ? 'ConfigMap'
          : undefined;
      const name = item?.secretName ?? item?.name;
      return kind === undefined || name === undefined || item?.optional === true ? [] : [{ kind, name } as const];
    },
  );
  return [...own, ...Object.values(value).flatMap(references)];
}

function amount(quantity: unknown): number {
  const parsed = parseBytes(String(quantity));
  return parsed.ok ? parsed.value : Number.NaN;
}
