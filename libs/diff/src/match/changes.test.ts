import { manifestOf, type JsonObject, type Manifest } from '@lgtm-fleet/manifests';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { jsonReport } from '../format/json.ts';
import { markdownReport } from '../format/markdown.ts';
import { diff } from '../diff.ts';
import { dotted } from '../fields/path.ts';
import { oneCluster, TODAY } from '../testing/fixtures.ts';
import { clusterChanges } from './changes.ts';

const read = (yaml: string): Manifest => manifestOf(load(yaml) as JsonObject, 'overlays/prod-eu/x')!;
const config = (name: string, text: string) =>
  read(
    `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: o }, data: { loki.yaml: ${JSON.stringify(text)} } }`,
  );
const deployment = (config: string, more = '') =>
  read(
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: loki, namespace: o }, spec: { template: { spec: { containers: [{ name: loki${more} }], volumes: [{ name: config, configMap: { name: ${config} } }] } } } }`,
  );
const changesOf = (before: readonly Manifest[], after: readonly Manifest[]) =>
  clusterChanges('c', oneCluster(before).clusters[0], oneCluster(after).clusters[0]);
const paths = (before: readonly Manifest[], after: readonly Manifest[]) =>
  changesOf(before, after).flatMap(({ fields }) => fields.map(({ path }) => dotted(path)));

const A = 'loki-config-7d2k5m8fgh';
const B = 'loki-config-9tg6b4chkm';

test('a generated ConfigMap with another hash is one object that changed, and says whose pods are replaced', () => {
  const found = changesOf([config(A, 'a: 1'), deployment(A)], [config(B, 'a: 2'), deployment(B)]);
  expect(found).toMatchObject([
    { action: 'changed', kind: 'ConfigMap', name: 'loki-config', rolls: ['Deployment o/loki'] },
  ]);
  expect(dotted(found[0]!.fields[0]!.path)).toBe('data[loki.yaml].a');
});

test('comments and layout are no fields, but they replace pods where they change the hash', () => {
  const before = [config(A, 'a: 1\nb: 2\n'), deployment(A)];
  const after = [config(B, '# why\nb: 2\na:   1\n'), deployment(B)];
  expect(changesOf(before, after)).toMatchObject([{ fields: [], rolls: ['Deployment o/loki'] }]);
  expect(diff(oneCluster(before), oneCluster(after), { today: TODAY }).changes).toMatchObject([{ effect: 'restart' }]);
  // Without a hash nobody notices.
  expect(changesOf([config('plain', 'a: 1')], [config('plain', '# why\na: 1')])).toEqual([]);
});

test('a name that only looks like one with a hash is told apart where both are there', () => {
  const both = [config(A, 'a: 1'), config('loki-config', 'b: 1')];
  expect(changesOf(both, [config(A, 'a: 2'), config('loki-config', 'b: 1')])).toMatchObject([{ name: A }]);
});

test.each([
  ['limits: { memory: 1Gi }', 'limits: { memory: 1024Mi }'],
  ['limits: { cpu: 1 }', "limits: { cpu: '1000m' }"],
])('%s is %s', (one, other) => {
  expect(changesOf([deployment(A, `, resources: { ${one} }`)], [deployment(A, `, resources: { ${other} }`)])).toEqual(
    [],
  );
});

test('24h is 1d, and a size is no duration', () => {
  expect(changesOf([config('x', 'period: 24h')], [config('x', 'period: 1d')])).toEqual([]);
  expect(paths([config('x', 'size: 1M')], [config('x', 'size: 1000k')])).toEqual(['data[loki.yaml].size']);
});

test('lists are compared by what their elements say of themselves, whatever their order', () => {
  const env = (list: string) => deployment(A, `, env: [${list}]`);
  expect(
    changesOf(
      [env('{ name: A, value: a }, { name: B, value: b }')],
      [env('{ name: B, value: b }, { name: A, value: a }')],
    ),
  ).toEqual([]);
  expect(
    paths([env('{ name: A, value: a }, { name: B, value: b }')], [env('{ name: C, value: c }, { name: B, value: x }')]),
  ).toEqual([
    'spec.template.spec.containers[loki].env[A]',
    'spec.template.spec.containers[loki].env[B].value',
    'spec.template.spec.containers[loki].env[C]',
  ]);
  const args = (list: string) => deployment(A, `, args: [${list}]`);
  expect(paths([args("'-target=a', '-x=1'")], [args("'-x=2', '-target=a'")])).toEqual([
    'spec.template.spec.containers[loki].args[-x]',
  ]);
});

test('the order of init containers counts', () => {
  const init = (list: string) =>
    read(`{ apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { initContainers: [${list}] } }`);
  expect(paths([init('{ name: a }, { name: b }')], [init('{ name: b }, { name: a }')])).toEqual([
    'spec.initContainers',
  ]);
});

test('an object under another name is found again, one that says something else is not', () => {
  const service = (name: string, port: number) =>
    read(
      `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: o }, spec: { type: ClusterIP, selector: { app: ${name} }, ports: [{ name: http, port: ${String(port)} }] } }`,
    );
  expect(changesOf([service('a', 80)], [service('b', 80)])).toMatchObject([{ action: 'renamed', name: 'a' }]);
  const other = read(
    '{ apiVersion: v1, kind: Service, metadata: { name: b, namespace: o }, spec: { externalName: x } }',
  );
  expect(changesOf([service('a', 80)], [other]).map(({ action }) => action)).toEqual(['removed', 'added']);
});

test('another version of the API is the same object', () => {
  const budget = (version: string) =>
    read(`{ apiVersion: policy/${version}, kind: PodDisruptionBudget, metadata: { name: a, namespace: o } }`);
  expect(changesOf([budget('v1beta1')], [budget('v1')])).toMatchObject([{ action: 'changed' }]);
});

test('what a Secret holds is in no report', () => {
  const secret = (value: string) =>
    read(`{ apiVersion: v1, kind: Secret, metadata: { name: s, namespace: o }, stringData: { password: ${value} } }`);
  const comparison = diff(oneCluster([secret('hunter-one')]), oneCluster([secret('hunter-two')]), { today: TODAY });
  expect(comparison.changes).toHaveLength(1);
  for (const report of [jsonReport(comparison), markdownReport(comparison)]) expect(report).not.toContain('hunter');
});
