import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, expect, test } from 'vitest';
import { broken, json, kubeconfig, serve, status, type Answer, type TestServer } from '../testing/api-server.ts';
import { client } from './client.ts';
import { connectionProblem } from './connect.ts';
import { exchange, isApiError } from './http.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const quick = { timeoutMs: 500, pausesMs: [1, 1, 1] };
const version = { method: 'GET', path: '/version' } as const;

async function against(...answers: readonly Answer[]): Promise<{ config: KubeConfig; server: TestServer }> {
  const server = await serve({ 'GET /version': answers });
  servers.push(server);
  const config = new KubeConfig();
  config.loadFromString(kubeconfig(server.url));
  return { config, server };
}

test.each([
  ['503, then an answer', status(503, 'ServiceUnavailable', 'starting')],
  ['429, then an answer', status(429, 'TooManyRequests', 'slowly')],
  ['a connection that breaks, then an answer', broken],
])('%s', async (_, first) => {
  const { config, server } = await against(first, first, json({ gitVersion: 'v1.36.0' }));
  expect(await exchange(config, version, quick)).toEqual({ gitVersion: 'v1.36.0' });
  expect(server.asked).toHaveLength(3);
});

test('tries are bounded', async () => {
  const { config, server } = await against(status(503, 'ServiceUnavailable', 'starting'));
  await expect(exchange(config, version, quick)).rejects.toMatchObject({ status: 503 });
  expect(server.asked).toHaveLength(4);
});

test('what will not pass by itself is asked once', async () => {
  const { config, server } = await against(status(403, 'Forbidden', 'you may not'));
  const error: unknown = await exchange(config, version, quick).catch((thrown: unknown) => thrown);
  expect(isApiError(error, 403)).toBe(true);
  expect(server.asked).toHaveLength(1);
  expect(connectionProblem(error, client(config))).toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('forbids') as string,
  });
});

test('silence ends', async () => {
  const { config } = await against(() => undefined);
  const error: unknown = await exchange(config, version, { timeoutMs: 50, pausesMs: [] }).catch(
    (thrown: unknown) => thrown,
  );
  expect(connectionProblem(error, client(config)).message).toContain('it does not answer');
});

test.each([
  ['ECONNREFUSED', 'nothing listens there'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['ENOTFOUND', 'nobody knows that name'],
])('%s in words', (code, words) => {
  const error = Object.assign(new Error('x'), { code });
  const { message, help } = connectionProblem(error, { context: 'c', server: 'https://s' });
  expect(message).toBe(`cannot talk to https://s (context 'c'): ${words}`);
  expect(help).toBeDefined();
});

test('a fault of this program is not blamed on the cluster', () => {
  expect(() => connectionProblem(new TypeError('x is not a function'), { context: 'c', server: 's' })).toThrow(
    TypeError,
  );
});
