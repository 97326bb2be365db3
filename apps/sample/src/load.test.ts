import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runRound, type Round } from './load.ts';
import { startTelemetry } from './telemetry.ts';

/** Rounds against a server that answers what it is told to. */

let server: Server;
let round: Round;
const asked: string[] = [];
const telemetry = startTelemetry('load', {}, () => undefined);

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(request.url?.includes('fail=1') === true ? 502 : 200).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  round = { url, count: 12, rate: 1000, deadlineSeconds: 30, slowEvery: 4, failEvery: 6 };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const forever = new AbortController().signal;

test('a round sends as many as it was told, some of them slow, some failing', async () => {
  const { traceIds, ...summary } = await runRound(telemetry, round, forever);
  expect(summary).toMatchObject({ sent: 12, ok: 10, failed: 2 });
  expect(new Set(traceIds).size).toBe(5);
  expect(asked.filter((url) => url.includes('slow=1'))).toHaveLength(3);
});

test('a round ends at its deadline', async () => {
  const summary = await runRound(telemetry, { ...round, count: 1000, rate: 2, deadlineSeconds: 1 }, forever);
  expect(summary.sent).toBeGreaterThanOrEqual(1);
  expect(summary.sent).toBeLessThanOrEqual(3);
});

test('a round that is told to stop begins nothing more', async () => {
  expect(await runRound(telemetry, round, AbortSignal.abort())).toMatchObject({ sent: 0, ok: 0, failed: 0 });
});

test('where nobody listens every request has failed', async () => {
  const url = new URL('http://127.0.0.1:9');
  expect(await runRound(telemetry, { ...round, url, count: 3 }, forever)).toMatchObject({ sent: 3, ok: 0, failed: 3 });
});
