import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChild, startServer, type Line } from './testing/child.ts';
import { startReceiver, type Receiver } from './testing/receiver.ts';

/** The whole program as it runs in a cluster: three processes, standard variables, an OTLP receiver. */

interface Checkout {
  readonly status: number;
  readonly traceId: string;
}

let receiver: Receiver;
let shop: Awaited<ReturnType<typeof startServer>>;
let stock: Awaited<ReturnType<typeof startServer>>;
let summary: Line;
let fast: Checkout;
let slow: Checkout;
let failing: Checkout;
let refused: number[];
let exits: (number | null)[];

beforeAll(async () => {
  receiver = await startReceiver();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'X-Scope-OrgID=main',
    OTEL_METRIC_EXPORT_INTERVAL: '60000',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2.3',
  };
  stock = await startServer(['stock'], { ...env, OTEL_SERVICE_NAME: 'back' });
  shop = await startServer(['shop'], { ...env, STOCK_URL: stock.url });
  const checkout = async (query: string): Promise<Checkout> => {
    const response = await fetch(`${shop.url}/checkout?${query}`);
    const { traceId } = (await response.json()) as { readonly traceId: string };
    return { status: response.status, traceId };
  };
  fast = await checkout('items=2');
  slow = await checkout('items=1&slow=1');
  failing = await checkout('items=1&fail=1');
  const paths = ['/checkout?items=0', '/checkout?items=1e9', '/nowhere', '//', '/healthz'];
  refused = await Promise.all(paths.map(async (path) => (await fetch(`${shop.url}${path}`)).status));
  const load = startChild(['load', '--count', '6', '--rate', '50', '--slow-every', '0', '--fail-every', '3'], {
    ...env,
    SHOP_URL: shop.url,
  });
  await load.ended;
  summary = load.lines.at(-1) ?? {};
  // Metrics are sent once a minute: what arrives was flushed by the end.
  exits = [await shop.stop(), await stock.stop()];
}, 60_000);

afterAll(async () => {
  await receiver.close();
});

const spansOf = (traceId: string) => receiver.spans.filter((span) => span.traceId === traceId);

describe('one checkout', () => {
  test('is one trace through both services', () => {
    expect(fast.status).toBe(200);
    const spans = spansOf(fast.traceId);
    expect(spans.map(({ service, name }) => `${service}: ${name}`).toSorted()).toEqual([
      'back: GET /reserve',
      'back: GET /reserve',
      'shop: GET',
      'shop: GET',
      'shop: GET /checkout',
    ]);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => !ids.has(parentSpanId)).map(({ name }) => name)).toEqual([
      'GET /checkout',
    ]);
    expect(spans.some(({ failed }) => failed)).toBe(false);
  });

  test('has the same ids in its span, its log record, its line on stdout and its exemplar', () => {
    const last = receiver.exemplars.filter(({ service }) => service === 'shop');
    expect(last.length).toBeGreaterThan(0);
    for (const { traceId, spanId, metric, route } of last) {
      const where = expect.objectContaining({ traceId, spanId }) as unknown;
      expect(metric).toBe('http.server.request.duration');
      expect(receiver.logs).toContainEqual(where);
      expect(shop.lines).toContainEqual(expect.objectContaining({ trace_id: traceId, span_id: spanId }));
      const span = receiver.spans.find((one) => one.spanId === spanId);
      expect(span).toMatchObject({ traceId, service: 'shop', name: route === '' ? 'GET' : `GET ${route}` });
    }
    const line = shop.lines.find((one) => one['trace_id'] === fast.traceId)!;
    const server = spansOf(fast.traceId).find(({ name }) => name === 'GET /checkout')!;
    expect(line).toMatchObject({ level: 'info', message: 'GET /checkout 200', span_id: server.spanId });
    expect(receiver.logs).toContainEqual({
      service: 'shop',
      traceId: fast.traceId,
      spanId: server.spanId,
      body: 'GET /checkout 200',
    });
  });
});

test('the slow path takes 1.2 s, and a span says where', () => {
  expect(slow.status).toBe(200);
  const spans = spansOf(slow.traceId);
  const walk = spans.find(({ name }) => name === 'walk to the far shelf')!;
  const checkout = spans.find(({ name }) => name === 'GET /checkout')!;
  expect(walk).toMatchObject({ service: 'back', failed: false });
  // A timer may fire a millisecond early.
  expect(walk.milliseconds).toBeGreaterThan(1198);
  expect(checkout.milliseconds).toBeGreaterThanOrEqual(walk.milliseconds);
  const exemplar = receiver.exemplars.find(({ traceId, service }) => traceId === slow.traceId && service === 'shop');
  expect(exemplar?.value).toBeGreaterThan(1.198);
});

test('the failing path is an error of every span on its way', () => {
  expect(failing.status).toBe(502);
  const spans = spansOf(failing.traceId);
  const failed = spans.filter((span) => span.failed);
  expect(failed.map(({ service, name }) => `${service}: ${name}`).toSorted()).toEqual([
    'back: GET /reserve',
    'shop: GET',
    'shop: GET /checkout',
  ]);
  expect(stock.lines).toContainEqual(expect.objectContaining({ level: 'error', trace_id: failing.traceId }));
});

test('the load generator ends by itself and says what it did', () => {
  expect(summary).toMatchObject({ sent: 6, ok: 4, failed: 2 });
  const traceIds = summary['traceIds'] as readonly string[];
  expect(traceIds).toHaveLength(5);
  for (const traceId of traceIds)
    expect(new Set(spansOf(traceId).map(({ service }) => service))).toEqual(new Set(['load', 'shop', 'back']));
});

test('what is no checkout is refused', () => {
  expect(refused).toEqual([400, 400, 404, 404, 200]);
});

test('SIGTERM flushes and ends with 0; every request carries the headers that were asked for', () => {
  expect(exits).toEqual([0, 0]);
  expect([...receiver.headers.keys()].toSorted()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
  for (const headers of receiver.headers.values()) expect(headers).toMatchObject({ 'x-scope-orgid': 'main' });
});
