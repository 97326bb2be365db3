import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { baseArguments } from '../testing/checkout.ts';
import { canary } from './resources.ts';

const shared = { objectStorage: { seaweedfs: { size: '50GB' } }, kubernetes: { clusterDomain: 'k8s.example.com' } };
const plan = planOf({ ...shared, selfMonitoring: { tenant: 'stack' } });
const component = plan.components.find(({ name }) => name === 'canary')!;

interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
}

const containers = canary(plan, component).patchFiles.flatMap(({ patches }) =>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  patches.map(({ spec }) => (spec as any).template.spec.containers[0] as Container),
);

test('what the arguments of the base leave open, the overlay fills in, and nothing else', () => {
  for (const { name, env } of containers) {
    const used = baseArguments(`canary/${name}-deployment.yaml`)
      .flatMap((argument) => [...argument.matchAll(/\$\((\w+)\)/g)].map(([, variable]) => variable))
      // The kubelet's own, in the base.
      .filter((variable) => variable !== 'POD_NAME');
    expect([...new Set(used)].toSorted(), name).toEqual(env.map((variable) => variable.name).toSorted());
  }
});

test('a canary has the password of its own tenant, and no other', () => {
  for (const { env } of containers) {
    expect(env.find(({ name }) => name === 'TENANT')?.value).toBe('stack');
    expect(env.flatMap(({ valueFrom }) => (valueFrom === undefined ? [] : [valueFrom]))).toEqual([
      { secretKeyRef: { name: 'tenant-credentials', key: 'stack' } },
    ]);
  }
  expect(
    plan.secrets.find(({ name, namespace }) => name === 'tenant-credentials' && namespace === 'monitoring')?.keys,
  ).toContain('stack');
});

test('canaries come in by the gateway, and by nothing else', () => {
  for (const { role } of component.workloads) {
    const called = plan.connections.flatMap(({ from, to }) =>
      from.kind === 'pods' && from.component === 'canary' && from.role === role
        ? [to.kind === 'pods' ? to.component : to.name]
        : [],
    );
    expect(called.toSorted()).toEqual(['cluster-dns', 'gateway']);
  }
  expect(containers.flatMap(({ env }) => env.flatMap(({ value }) => value ?? [])).toSorted()).toEqual([
    'false',
    'gateway.observability.svc.k8s.example.com:8080',
    'http://gateway.observability.svc.k8s.example.com:8080',
    'stack',
    'stack',
  ]);
});

test('they are there where the stack has a tenant of its own and wants them, and never on an edge', () => {
  const names = (spec: Readonly<Record<string, unknown>>) => planOf(spec).components.map(({ name }) => name);
  expect(names(shared)).not.toContain('canary');
  expect(names({ ...shared, selfMonitoring: { canaries: false } })).not.toContain('canary');
  expect(component).toMatchObject({ namespace: 'monitoring' });
});
