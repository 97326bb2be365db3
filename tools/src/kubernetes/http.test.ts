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

const trickling: Answer = (_, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => {
    clearInterval(timer);
  });
};
const thrown = (answer: Promise<unknown>): Promise<unknown> => answer.catch((error: unknown) => error);

test('a byte now and then is no answer', async () => {
  const { config } = await against(trickling);
  const start = performance.now();
  const error = await thrown(exchange(config, version, { timeoutMs: 200, pausesMs: [] }));
  expect(error).toMatchObject({ code: 'ETIMEDOUT', message: 'no answer within 0.2 s' });
  expect(performance.now() - start).toBeLessThan(2000);
});

test('what signs in and never ends is not waited for, and nothing is sent afterwards', async () => {
  const { config, server } = await against(json({}));
  config.applyToHTTPSOptions = () => new Promise(() => undefined);
  const error = await thrown(exchange(config, version, { timeoutMs: 50, pausesMs: [1] }));
  expect(error).toMatchObject({ code: 'ETIMEDOUT' });
  expect(server.asked).toEqual([]);
});

test('whoever is given up lets go of the connection, and is not tried again', async () => {
  const closed = Promise.withResolvers<undefined>();
  const { config, server } = await against((request, response) => {
    response.on('close', () => {
      closed.resolve(undefined);
    });
    trickling(request, response);
  });
  const controller = new AbortController();
  const error = thrown(exchange(config, { ...version, signal: controller.signal }, { ...quick, timeoutMs: 20_000 }));
  await expect.poll(() => server.asked).toHaveLength(1);
  controller.abort();
  expect(await error).toMatchObject({ name: 'AbortError' });
  await closed.promise;
  expect(server.asked).toHaveLength(1);
});

test('nor is it tried again while it waits for the next try', async () => {
  const { config, server } = await against(status(503, 'ServiceUnavailable', 'starting'));
  const controller = new AbortController();
  const error = thrown(
    exchange(config, { ...version, signal: controller.signal }, { timeoutMs: 1000, pausesMs: [60_000] }),
  );
  await expect.poll(() => server.asked).toHaveLength(1);
  setTimeout(() => {
    controller.abort();
  }, 50);
  expect(await error).toMatchObject({ name: 'AbortError' });
});

test('more than may be is an error, and the rest is not taken', async () => {
  let isOpen = true;
  const { config } = await against((_, response) => {
    response.on('close', () => {
      isOpen = false;
    });
    const more = (): void => {
      if (isOpen) response.write('x'.repeat(10_000), more);
    };
    more();
  });
  const error = await thrown(exchange(config, { ...version, mostBytes: 100_000 }, { timeoutMs: 5000, pausesMs: [] }));
  expect(error).toMatchObject({ message: 'the answer has more than 100000 bytes' });
  await expect.poll(() => isOpen).toBe(false);
});

test.each([
  ['the last whole lines', ['first', 'second', 'last words'], 18, 'second\nlast words'],
  ['the last line, where it is just as long', ['first', 'second'], 6, 'second'],
  ['the end of one long line', ['x'.repeat(50_000), 'y'.repeat(100)], 20, 'y'.repeat(20)],
  ['all, where it is not too much', ['first', 'second'], 100, 'first\nsecond'],
])('of a log is taken: %s', async (_, lines, mostBytes, taken) => {
  const { config } = await against((__, response) => {
    response.writeHead(200);
    for (const letter of lines.join('\n').match(/[^]{1,1000}/g) ?? []) response.write(letter);
    response.end();
  });
  expect(await exchange(config, { ...version, mostBytes, tail: true }, quick)).toBe(taken);
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
