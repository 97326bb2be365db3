import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { tempo } from '../tempo/resources.ts';
import { baseArguments, baseScript } from '../testing/checkout.ts';
import { canaryTraces } from './resources.ts';

const shared = { objectStorage: { seaweedfs: { size: '50GB' } }, kubernetes: { clusterDomain: 'k8s.example.com' } };
const plan = planOf({ ...shared, selfMonitoring: { tenant: 'stack' }, retention: { traces: '3d' } });
const component = plan.components.find(({ name }) => name === 'canary-traces')!;
const { configFiles, patchFiles } = canaryTraces(plan, component);

interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
}

const containers = patchFiles.flatMap(({ patches }) =>
  patches.flatMap(({ spec }) => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const pod = (spec as any).template.spec as Readonly<Record<'containers' | 'initContainers', readonly Container[]>>;
    return [...pod.initContainers, ...pod.containers];
  }),
);
const named = (name: string): Container => containers.find((one) => one.name === name)!;
const nginx = configFiles.map((file) => (file.form === 'text' ? file.text : '')).join('');

test('what the arguments of the base leave open, the overlay fills in, and nothing else', () => {
  const used = baseArguments('canary-traces/deployment.yaml').flatMap((argument) =>
    [...argument.matchAll(/\$\((\w+)\)/g)].map(([, variable]) => variable),
  );
  expect(named('canary-traces').env).toEqual([
    { name: 'TENANT', value: 'stack' },
    // An hour less than three days.
    { name: 'RETENTION', value: '71h' },
  ]);
  expect(used.toSorted()).toEqual(['RETENTION', 'TENANT']);
});

test('the password is in the container that makes the credential, and nowhere else', () => {
  expect(named('credential').env).toEqual([
    { name: 'TENANT', value: 'stack' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'tenant-credentials', key: 'stack' } } },
  ]);
  expect(JSON.stringify(containers.filter(({ name }) => name !== 'credential'))).not.toContain('secretKeyRef');
  const script = baseScript('canary-traces/deployment.yaml', 'credential');
  expect(nginx).toContain(`include ${/> (\S+)/.exec(script)?.[1] ?? ''};`);
  expect(
    plan.secrets.find(({ name, namespace }) => name === 'tenant-credentials' && namespace === 'monitoring')?.keys,
  ).toContain('stack');
});

test('it comes in by both ports of the gateway, and by nothing else', () => {
  const called = plan.connections.flatMap(({ from, to, port }) =>
    from.kind === 'pods' && from.component === 'canary-traces'
      ? [`${to.kind === 'pods' ? to.component : to.name} ${String(port)}`]
      : [],
  );
  expect(called.toSorted()).toEqual(['cluster-dns 53', 'gateway 4317', 'gateway 8080']);
  expect([...nginx.matchAll(/set \$gateway (\S+);/g)].map(([, address]) => address)).toEqual([
    'gateway.observability.svc.k8s.example.com:4317',
    'gateway.observability.svc.k8s.example.com:8080',
  ]);
});

test('what it listens on is the loopback of its pod, where the canary calls', () => {
  const listens = [...nginx.matchAll(/listen (\S+?)( http2)?;/g)].map(([, address]) => address);
  expect(listens).toEqual(['127.0.0.1:4317', '127.0.0.1:3200']);
  const called = baseArguments('canary-traces/deployment.yaml').flatMap(
    (argument) => /url=http:\/\/(.+)$/.exec(argument)?.[1] ?? [],
  );
  expect(called).toEqual(listens);
});

test('it is there where the other canaries are', () => {
  const names = (spec: Readonly<Record<string, unknown>>) => planOf(spec).components.map(({ name }) => name);
  expect(names(shared)).not.toContain('canary-traces');
  expect(names({ ...shared, selfMonitoring: { canaries: false } })).not.toContain('canary-traces');
  expect(component).toMatchObject({ namespace: 'monitoring', wave: 0 });
});

test('no metrics are made of its spans, whose clusters and namespaces it invents', () => {
  const policiesOf = (of: typeof plan): unknown => {
    const [config] = tempo(
      of,
      of.components.find(({ name }) => name === 'tempo')!,
    ).configFiles;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    return config?.form === 'yaml' ? (config.value as any).metrics_generator.processor.span_metrics.filter_policies : 0;
  };
  expect(policiesOf(plan)).toEqual([
    {
      exclude: { match_type: 'strict', attributes: [{ key: 'resource.service.name', value: 'tempo-vulture' }] },
    },
  ]);
  expect(policiesOf(planOf(shared))).toBeUndefined();
});
