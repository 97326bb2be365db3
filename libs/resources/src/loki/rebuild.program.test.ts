import { once } from 'node:events';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { ready, type Started } from '../testing/programs.ts';
import { startSeaweedfs } from '../testing/seaweedfs.ts';
import { keys, startLoki, write } from './testing/loki.ts';

/** What is left of Loki's lines when its volumes are gone: docs/backup.md. */

const loki = findProgram('loki');
const weed = findProgram('weed');
const missing = [unlessFound('loki', loki), unlessFound('weed', weed)].join('');
const folder = temporaryFolder('loki-rebuild');

const HOUR_MS = 3_600_000;
const plan = planOf({ kubernetes: { nodes: 1 }, objectStorage: { seaweedfs: { size: '10GB' } } });

type Running = Started & { readonly url: string };

/** Loki as generated, with nothing on its volume, on buckets that may have something. */
async function begin(endpoint: string): Promise<Running> {
  const home = write(plan, (text) => text.replaceAll('seaweedfs.observability.svc.cluster.local:8333', endpoint));
  const started = await startLoki(loki!, home, 'variants/monolithic/stateful-set.yaml');
  await ready(started, `${started.url}/ready`, 60);
  return started;
}

async function ended({ child }: Started, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const end = once(child, 'exit');
  child.kill(signal);
  await end;
}

const headers = { 'X-Scope-OrgID': 'main' };

async function push({ url }: Running, run: string, endMs: number, count: number): Promise<number> {
  const values = Array.from({ length: count }, (_, index) => [
    `${String(endMs - (count - index) * 1000)}000000`,
    `line ${String(index)}`,
  ]);
  const answer = await fetch(`${url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream: { job: 'orders', run }, values }] }),
  });
  return answer.status;
}

/** How many lines there are of the hour before a time. */
async function counted({ url }: Running, run: string, endMs: number): Promise<string> {
  const query = new URLSearchParams({
    query: `sum(count_over_time({job="orders", run="${run}"}[1h]))`,
    time: `${String(endMs)}000000`,
  });
  const text = await (await fetch(`${url}/loki/api/v1/query?${query.toString()}`, { headers })).text();
  const { data } = JSON.parse(text) as {
    readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
  };
  return data === undefined ? text : (data.result[0]?.value[1] ?? '0');
}

it.skipIf(missing !== '')(
  `lines of yesterday and of now are counted as before when volumes are gone after an orderly end${missing}`,
  { timeout: 240_000 },
  async () => {
    const endpoint = await startSeaweedfs(weed!, folder, keys, [plan.buckets.loki, plan.buckets.lokiRuler]);
    const now = Date.now();
    const yesterday = now - 26 * HOUR_MS;
    const both = async (of: Running) => [await counted(of, 'yesterday', yesterday), await counted(of, 'now', now)];
    const poll = { timeout: 60_000, interval: 1000 };
    const before = await begin(endpoint);
    expect(await push(before, 'yesterday', yesterday, 200)).toBe(204);
    expect(await push(before, 'now', now, 120)).toBe(204);
    // Ingesters are not asked for what is older than three hours, so it is found only when it is flushed.
    expect(await both(before)).toEqual(['0', '120']);
    expect((await fetch(`${before.url}/flush`, { method: 'POST' })).status).toBe(204);
    await expect.poll(() => both(before), poll).toEqual(['200', '120']);
    // As a pod that is deleted.
    await ended(before, 'SIGTERM');

    const after = await begin(endpoint);
    await expect.poll(() => both(after), poll).toEqual(['200', '120']);
    expect(await push(after, 'killed', now, 30)).toBe(204);
    await expect.poll(() => counted(after, 'killed', now), poll).toBe('30');
    // As a node that is gone together with its disk: what is not flushed is on the volume alone.
    await ended(after, 'SIGKILL');

    const last = await begin(endpoint);
    await expect.poll(() => both(last), poll).toEqual(['200', '120']);
    expect(await counted(last, 'killed', now)).toBe('0');
  },
);
