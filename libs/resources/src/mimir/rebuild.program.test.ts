import { once } from 'node:events';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { linesOf } from '../testing/page.ts';
import { ready, type Started } from '../testing/programs.ts';
import { startSeaweedfs } from '../testing/seaweedfs.ts';
import { startMimir, write } from './testing/mimir.ts';

/** What is left of Mimir's samples when its volumes are gone: docs/backup.md. */

const mimir = findProgram('mimir');
const weed = findProgram('weed');
const missing = [unlessFound('mimir', mimir), unlessFound('weed', weed)].join('');
const folder = temporaryFolder('mimir-rebuild');

const HOUR_MS = 3_600_000;
const keys = { accessKey: 'key', secretKey: 'secret' };
const plan = planOf({
  kubernetes: { nodes: 1 },
  objectStorage: { seaweedfs: { size: '10GB' } },
  metrics: { store: 'mimir' },
});

/** One that is new asks every quarter of an hour what is in the bucket; a test does not wait for it. */
const SOON = [
  '-ingester.ring.min-ready-duration=0s',
  '-memberlist.join=127.0.0.1',
  '-compactor.cleanup-interval=1s',
  '-blocks-storage.bucket-store.sync-interval=1s',
];
/** As the patch of docs/backup.md says. */
const FROM_BUCKETS = ['-querier.query-store-after=0s', '-blocks-storage.bucket-store.ignore-blocks-within=0s'];

type Running = Started & { readonly url: string };

/** Mimir as generated, with nothing on its volume, on buckets that may have something. */
async function begin(endpoint: string, flags: readonly string[] = []): Promise<Running> {
  const home = write(plan, (text) =>
    text
      .replaceAll('seaweedfs.observability.svc.cluster.local:8333', endpoint)
      .replaceAll('${ACCESS_KEY_ID}', keys.accessKey)
      .replaceAll('${SECRET_ACCESS_KEY}', keys.secretKey),
  );
  const started = await startMimir(mimir!, home, [...SOON, ...flags]);
  await ready(started, `${started.url}/ready`, 60);
  return started;
}

async function lost({ child }: Started): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const headers = { 'X-Scope-OrgID': 'main' };

async function push({ url }: Running, samples: readonly (readonly [number, number])[]): Promise<number> {
  const dataPoints = samples.map(([ms, value]) => ({ timeUnixNano: `${String(ms)}000000`, asDouble: value }));
  const answer = await fetch(`${url}/otlp/v1/metrics`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceMetrics: [{ resource: {}, scopeMetrics: [{ metrics: [{ name: 'orders', gauge: { dataPoints } }] }] }],
    }),
  });
  return answer.status;
}

/** How many samples there are of the hour before a time. */
async function counted({ url }: Running, endMs: number): Promise<string> {
  const query = new URLSearchParams({ query: 'count_over_time(orders[1h])', time: String(endMs / 1000) });
  const answer = await fetch(`${url}/prometheus/api/v1/query?${query.toString()}`, { headers });
  const text = await answer.text();
  const { data } = JSON.parse(text) as {
    readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
  };
  return data === undefined ? text : (data.result[0]?.value[1] ?? '0');
}

/** What the page has somebody ask, of the port that it forwards. */
function flushPath(): string {
  const [line = ''] = linesOf('docs/backup.md', 'flush-metrics').filter((one) => one.startsWith('curl '));
  return /^curl --fail --request POST 'http:\/\/localhost:8081(\S+)'$/.exec(line)?.[1] ?? line;
}

it.skipIf(missing !== '')(
  `samples of yesterday and of now are counted as before when volumes are gone after a flush${missing}`,
  { timeout: 300_000 },
  async () => {
    const { mimirBlocks, mimirRuler, mimirAlertmanager } = plan.buckets;
    const endpoint = await startSeaweedfs(weed!, folder, keys, [mimirBlocks, mimirRuler, mimirAlertmanager]);
    const now = Date.now();
    const yesterday = now - 26 * HOUR_MS;
    const upTo = (ms: number, count: number) =>
      Array.from({ length: count }, (_, index) => [ms - (count - index) * 15_000, index] as const);
    const before = await begin(endpoint);
    // A tenant that has nothing yet takes what is old.
    expect(await push(before, upTo(yesterday, 200))).toBe(200);
    expect(await push(before, upTo(now, 120))).toBe(200);
    expect(await counted(before, now)).toBe('120');
    const flushed = await fetch(before.url + flushPath(), { method: 'POST' });
    expect(flushed.status).toBe(204);
    const poll = { timeout: 90_000, interval: 1000 };
    // What is older than thirteen hours is asked of the bucket alone.
    await expect.poll(() => counted(before, yesterday), poll).toBe('200');
    // Acknowledged, and after the flush: this is what a volume that is gone takes along.
    expect(await push(before, [[now + 1000, 1000]])).toBe(200);
    await lost(before);

    const asGenerated = await begin(endpoint);
    await expect.poll(() => counted(asGenerated, yesterday), poll).toBe('200');
    // Queries ask ingesters alone for the last twelve hours, and these have nothing any more.
    expect(await counted(asGenerated, now)).toBe('0');
    await lost(asGenerated);

    const patched = await begin(endpoint, FROM_BUCKETS);
    await expect.poll(() => counted(patched, now), poll).toBe('120');
    expect(await counted(patched, yesterday)).toBe('200');
    // And it goes on: what comes now is counted with what came before.
    expect(await push(patched, [[now + 2000, 2000]])).toBe(200);
    expect(await counted(patched, now + 2000)).toBe('121');
  },
);
