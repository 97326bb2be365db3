import { expect, test } from 'vitest';
import type { Client } from '../../kubernetes/client.ts';
import { withoutPlace } from './backpressure.ts';

/** Of the API server, the nodes: which of them take pods. */
function nodes(open: Record<string, boolean>): Client {
  const unused = (): never => {
    throw new Error('not used here');
  };
  return {
    context: '',
    server: '',
    read: unused,
    pathOf: unused,
    first: unused,
    list: () =>
      Promise.resolve(
        Object.entries(open).map(([name, takes]) => ({
          apiVersion: 'v1',
          kind: 'Node',
          metadata: { name },
          spec: takes ? {} : { unschedulable: true },
        })),
      ),
    send: ({ method, path, body, contentType }) => {
      expect([method, contentType]).toEqual(['PATCH', 'application/merge-patch+json']);
      const name = /^\/api\/v1\/nodes\/(.+)$/.exec(path)?.[1] ?? '';
      open[name] = !(body as { readonly spec: { readonly unschedulable: boolean } }).spec.unschedulable;
      return Promise.resolve(undefined);
    },
  };
}

test('no node takes a pod meanwhile, and afterwards those that did before', async () => {
  const open = { first: true, second: true, drained: false };
  let meanwhile = {};
  await withoutPlace(nodes(open), () => {
    meanwhile = { ...open };
    return Promise.resolve();
  });
  expect(meanwhile).toEqual({ first: false, second: false, drained: false });
  expect(open).toEqual({ first: true, second: true, drained: false });
});

test('also where the work fails', async () => {
  const open = { only: true };
  await expect(withoutPlace(nodes(open), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(open).toEqual({ only: true });
});
