import { expect, test } from 'vitest';
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
