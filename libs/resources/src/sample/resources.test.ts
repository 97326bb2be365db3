import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, test } from 'vitest';
import { sample } from './resources.ts';

const plan = planOf({ sample: true, kubernetes: { clusterDomain: 'k8s.example.com' } });
const component = plan.components.find(({ name }) => name === 'sample')!;

test('every address is that of a Service that the connection graph lets it call', () => {
  const [file] = sample(plan, component).patchFiles;
  for (const { metadata, spec } of file!.patches) {
    const [container] = (spec as any).template.spec.containers; // eslint-disable-line @typescript-eslint/no-explicit-any
    expect(metadata.name).toBe(`sample-${String(container.name)}`);
    const called = (container.env as { readonly value: string }[]).flatMap(({ value }) => {
      const [, service, namespace, port] =
        /^http:\/\/([a-z-]+)\.([a-z]+)\.svc\.k8s\.example\.com:(\d+)$/.exec(value) ?? [];
      return service === undefined ? [] : [{ service, namespace, port: Number(port) }];
    });
    const allowed = plan.connections.flatMap(({ from, to, service, port }) =>
      from.kind === 'pods' && from.component === 'sample' && from.role === container.name && to.kind === 'pods'
        ? [{ service, namespace: to.namespace, port }]
        : [],
    );
    const order = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).toSorted();
    expect(order(called)).toEqual(order(allowed));
  }
});

test('it is there only where the spec asks for it, on an edge also', () => {
  expect(planOf({}).components.map(({ name }) => name)).not.toContain('sample');
  expect(component).toMatchObject({ namespace: 'sample', releases: ['sample'] });
  const namespaces = plan.components.find(({ name }) => name === 'namespaces');
  expect(namespaces?.variants).toEqual(['stack', 'collectors', 'sample']);
});

test('nobody but its own services calls it: it sends its metrics by itself', () => {
  const callers = plan.connections.flatMap(({ from, to }) =>
    to.kind === 'pods' && to.component === 'sample' ? [from.kind === 'pods' ? from.component : from.name] : [],
  );
  expect(callers).toEqual(['sample', 'sample']);
});
