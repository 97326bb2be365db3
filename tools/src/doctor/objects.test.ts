import { KubeConfig } from '@kubernetes/client-node';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { afterEach, expect, test } from 'vitest';
import { client } from '../kubernetes/client.ts';
import { json, kubeconfig, serve, status, type Answer, type TestServer } from '../testing/api-server.ts';
import { readObjects } from './objects.ts';
import { probing } from './probing.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const resources = json({ resources: [{ name: 'events', namespaced: true, kind: 'Event' }] });

/** Events of one namespace, of which a server gives as many at once as it is asked for. */
function eventsOf(count: number, expiredAt = Infinity): Answer {
  return (request, response) => {
    const query = new URL(request.url ?? '/', 'http://server').searchParams;
    const from = Number(query.get('continue') ?? 0);
    const to = Math.min(count, from + Number(query.get('limit') ?? count));
    if (from >= expiredAt) {
      status(410, 'Expired', 'the provided continue parameter is too old')(request, response);
      return;
    }
    const items = Array.from({ length: to - from }, (_, index) => ({ metadata: { name: `e${String(from + index)}` } }));
    json({ items, metadata: to < count ? { continue: String(to) } : {} })(request, response);
  };
}

async function readEvents(answer: Answer) {
  server = await serve({ 'GET /api/v1': [resources], 'GET /api/v1/namespaces/observability/events': [answer] });
  const config = new KubeConfig();
  config.loadFromString(kubeconfig(server.url));
  const whole = examplePlan('home-lab');
  const plan = { ...whole, components: whole.components.filter(({ name }) => name === 'loki') };
  const probes = probing();
  const objects = await readObjects(client(config, { timeoutMs: 5000, pausesMs: [] }), plan, probes);
  return { events: objects?.Event ?? [], unknown: probes.unknown.filter(({ what }) => what.startsWith('Events')) };
}

test('events are read to their end', async () => {
  const { events, unknown } = await readEvents(eventsOf(2500));
  expect(events).toHaveLength(2500);
  expect(events.at(-1)).toMatchObject({ kind: 'Event', apiVersion: 'v1', metadata: { name: 'e2499' } });
  expect(unknown).toEqual([]);
});

test('of very many the first are read, and that is said', async () => {
  const { events, unknown } = await readEvents(eventsOf(10_001));
  expect(events).toHaveLength(10_000);
  expect(unknown).toEqual([
    { what: 'Events of observability after the first 10000', because: 'there are more than are read' },
  ]);
});

test('a list that a server forgets meanwhile is not complete', async () => {
  const { events, unknown } = await readEvents(eventsOf(2500, 1000));
  expect(events).toHaveLength(1000);
  expect(unknown.map(({ what }) => what)).toEqual(['Events of observability after the first 1000']);
});
