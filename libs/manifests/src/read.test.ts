import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { identity, selects } from './manifest.ts';
import { readManifests } from './read.ts';
import { argPath, workloadOf } from './workload.ts';

const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: observability }\n`;

test('documents and lists become manifests', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n  - ${service('c').trimEnd().replaceAll('\n', '\n    ')}\n`;
  const { manifests, faults } = readManifests([service('a'), '', service('b'), list].join('---\n'), 'overlays/x/y');
  expect(faults).toEqual([]);
  expect(manifests.map(identity)).toEqual([
    '/Service/observability/a',
    '/Service/observability/b',
    '/Service/observability/c',
  ]);
});

test.each([
  ['what is no YAML', 'a: [', 'are not YAML'],
  ['what is no object', '- a\n- b\n', 'is no Kubernetes object'],
  ['an object without a name', 'apiVersion: v1\nkind: Service\n', 'is no Kubernetes object'],
  ['bottomless nesting', `${service('a')}deep: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, 'are not YAML'],
  [
    'aliases of aliases',
    `${service('a')}${Array.from({ length: 12 }, (_, n) => `x${String(n)}: &x${String(n)} [${Array.from({ length: 9 }, () => (n === 0 ? '1' : `*x${String(n - 1)}`)).join(', ')}]`).join('\n')}\n`,
    'repeats itself',
  ],
])('%s ends in a fault', (_, text, message) => {
  const { manifests, faults } = readManifests(text, 'overlays/x/y');
  expect(manifests).toEqual([]);
  expect(faults.map((fault) => fault.message).join()).toContain(message);
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      readManifests(text, 'overlays/x/y');
      readManifests(`${service('a')}x: ${text}`, 'overlays/x/y');
    }),
    { numRuns: 10_000 },
  );
});

test('a selector takes what the API server would take', () => {
  const labels = { app: 'loki', zone: 'a' };
  const with_ = (key: string, operator: string, values?: readonly string[]) => ({
    matchExpressions: [{ key, operator, ...(values && { values }) }],
  });
  expect(selects({ matchLabels: { app: 'loki' } }, labels)).toBe(true);
  expect(selects({ matchLabels: { app: 'mimir' } }, labels)).toBe(false);
  expect(selects({}, labels)).toBe(true);
  expect(selects(with_('zone', 'In', ['a', 'b']), labels)).toBe(true);
  expect(selects(with_('zone', 'NotIn', ['a']), labels)).toBe(false);
  expect(selects(with_('other', 'NotIn', ['a']), labels)).toBe(true);
  expect(selects(with_('zone', 'Exists'), labels)).toBe(true);
  expect(selects(with_('zone', 'DoesNotExist'), labels)).toBe(false);
});

test('an argument is found in args, behind the command', () => {
  const [manifest] = readManifests(
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: a, image: 'r:5000/b/c:1@sha256:0', command: [run], args: [x, y] }] } } }\n`,
    'overlays/x/y',
  ).manifests;
  const workload = manifest && workloadOf(manifest);
  const [container] = workload?.containers ?? [];
  expect(container).toMatchObject({ program: 'c', tag: '1', args: ['run', 'x', 'y'] });
  expect(container && argPath(container, 2)).toEqual(['spec', 'template', 'spec', 'containers', 0, 'args', 1]);
});
