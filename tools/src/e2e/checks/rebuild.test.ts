import type { ClusterObject } from '@lgtm-fleet/bootstrap';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { frontDoor } from '../front-door.ts';
import { count, countAll, kept, past, pushPast, summed } from './rebuild.ts';

const as = { tenant: 'beta', password: 'x' };
/** Half past twelve, and a bit. */
const NOW = Date.UTC(2026, 5, 15, 12, 30, 0, 250);

interface Asked {
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly body: string;
}

/** A gateway that answers each path with what it is told. */
async function gateway(answers: Readonly<Record<string, () => readonly [number, unknown]>>) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://gateway');
      asked.push({ path: pathname, parameters: searchParams, body });
      const [status, answer] = answers[pathname]?.() ?? [404, ''];
      response.writeHead(status).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return { asked, door: frontDoor(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`) };
}

const one = (value: number) => [200, { data: { result: [{ metric: {}, value: [0, String(value)] }] } }] as const;
const none = () => [200, { data: { result: [] } }] as const;

test('a past ends a whole second some hours ago, and all of it is within the hour that is counted', async () => {
  const yesterday = past(as, 'yesterday', 26, 600, NOW);
  expect(new Date(yesterday.endMs).toISOString()).toBe('2026-06-14T10:30:00.000Z');
  const { asked, door } = await gateway({
    '/otlp/v1/metrics': () => [200, {}],
    '/loki/api/v1/push': () => [204, {}],
    '/prometheus/api/v1/query': () => one(600),
    '/loki/api/v1/query': () => one(599),
  });
  await pushPast(door, yesterday);
  const [metrics, logs] = asked.map(({ body }) => body);
  const nanoseconds = [...(metrics ?? '').matchAll(/"timeUnixNano":"(\d+)000000"/g)].map(([, ms]) => Number(ms));
  expect(nanoseconds).toHaveLength(600);
  expect([nanoseconds[0], nanoseconds.at(-1)]).toEqual([yesterday.endMs - 599_000, yesterday.endMs]);
  const { streams } = JSON.parse(logs ?? '') as { readonly streams: readonly { readonly values: unknown[][] }[] };
  expect(streams[0]?.values).toHaveLength(600);
  expect(streams[0]?.values.at(-1)).toEqual([`${String(yesterday.endMs)}000000`, 'yesterday 599']);

  expect(await count(door, yesterday)).toEqual({ samples: 600, lines: 599 });
  for (const { parameters } of asked.slice(2)) {
    // A second after the last: the hour that is counted leaves out its own beginning.
    expect(parameters.get('time')).toBe(String(yesterday.endMs / 1000 + 1));
    expect(parameters.get('query')).toMatch(/^sum\(count_over_time\(.*run="yesterday"\}\[1h\]\)\)$/);
  }
});

test('what is not acknowledged is no past', async () => {
  const { door } = await gateway({
    '/otlp/v1/metrics': () => [400, 'too old'],
    '/loki/api/v1/push': () => [204, {}],
  });
  await expect(pushPast(door, past(as, 'yesterday', 26, 3, NOW))).rejects.toThrow(
    'yesterday: samples were answered 400, lines 204',
  );
});

test('it is counted until it is all there, and what is missing is said', async () => {
  let times = 0;
  const { door } = await gateway({
    '/prometheus/api/v1/query': () => ((times += 1) < 2 ? none() : one(3)),
    '/loki/api/v1/query': () => one(3),
  });
  const pasts = [past(as, 'today', 0, 3, NOW)];
  expect(await countAll(door, pasts, 20)).toEqual({
    counts: { pushed: 6, acknowledged: 6, readBack: 6, lost: 0 },
    detail: 'today: 3 samples, 3 lines',
  });
  const { door: empty } = await gateway({ '/prometheus/api/v1/query': none, '/loki/api/v1/query': () => one(2) });
  await expect(countAll(empty, pasts, 0)).rejects.toMatchObject({
    counts: { pushed: 6, acknowledged: 6, readBack: 2, lost: 4 },
  });
});

test('more than there was is as wrong as less', () => {
  const pasts = [past(as, 'today', 0, 10, NOW)];
  expect(summed(pasts, [{ samples: 10, lines: 10 }]).lost).toBe(0);
  expect(summed(pasts, [{ samples: 12, lines: 9 }]).lost).toBe(3);
  expect(summed(pasts, []).lost).toBe(20);
});

test('a Secret is kept without what the API server added, so that it can be made again', () => {
  const secret: ClusterObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'grafana-admin',
      namespace: 'observability',
      labels: { a: 'b' },
      resourceVersion: '17',
      annotations: { seen: 'yes' },
    },
    type: 'Opaque',
    data: { password: 'eA==' },
  };
  expect(kept(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'grafana-admin', namespace: 'observability', labels: { a: 'b' } },
    type: 'Opaque',
    data: { password: 'eA==' },
  });
});
