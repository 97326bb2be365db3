import { describe, expect, test } from 'vitest';
import type { ClusterObject } from './objects.ts';
import { planTeardown } from './teardown.ts';

function object(kind: string, name: string, instance = 'lab'): ClusterObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, labels: { 'app.kubernetes.io/part-of': 'lgtm-fleet', 'app.kubernetes.io/instance': instance } },
  };
}

const found = [
  object('StatefulSet', 'loki'),
  object('Pod', 'loki-0'),
  object('PersistentVolumeClaim', 'data-loki-0'),
  object('Secret', 'grafana-admin'),
  object('Namespace', 'observability'),
  object('ConfigMap', 'loki-config'),
  object('Application', 'lab-loki'),
  object('AppProject', 'lab'),
  object('Application', 'lab'),
  object('Application', 'elsewhere', 'elsewhere'),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt' } },
];

test('what makes others goes before what it makes', () => {
  const names = planTeardown('lab', found).remove.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(names).toEqual([
    'Application lab',
    'Application lab-loki',
    'AppProject lab',
    'StatefulSet loki',
    'ConfigMap loki-config',
  ]);
});

test('data stays', () => {
  const kinds = planTeardown('lab', found).keep.map(({ kind }) => kind);
  expect(kinds).toEqual(['PersistentVolumeClaim', 'Secret', 'Namespace']);
});

describe('what stays belongs to nobody afterwards', () => {
  const tracked = (name: string, owner: string): ClusterObject => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name, annotations: { 'argocd.argoproj.io/tracking-id': `${owner}:apiextensions.k8s.io/…:/${name}` } },
  });
  test.each([
    ['kept by an Application of the cluster', 'lab-loki', true],
    ['kept by the root', 'lab', true],
    ['kept by one that went already', 'lab-gone', true],
    ['kept by one of another cluster', 'elsewhere', false],
    ['kept by one of another cluster with a longer name', 'lab-two-loki', false],
    ['kept by one of another cluster that went', 'laboratory', false],
  ])('%s', (_, owner, released) => {
    const definition = tracked('things.example.com', owner);
    const others = [object('Application', 'lab-two-loki', 'lab-two'), definition];
    expect(planTeardown('lab', [...found, ...others]).release).toEqual(released ? [definition] : []);
  });
  test('what goes is not told so', () => {
    const loki = object('StatefulSet', 'loki-2');
    const annotations = { 'argocd.argoproj.io/tracking-id': 'lab-loki:apps/StatefulSet:observability/loki-2' };
    expect(planTeardown('lab', [{ ...loki, metadata: { ...loki.metadata, annotations } }]).release).toEqual([]);
  });
});
