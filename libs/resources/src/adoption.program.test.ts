import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from '@lgtm-fleet/plan/testing';
import { expect, it } from 'vitest';
import { startLoki, write as writeLoki } from './loki/testing/loki.ts';
import { startMimir, write as writeMimir } from './mimir/testing/mimir.ts';
import { probe, pushProbe } from './testing/otlp-probe.ts';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { ready, type Started } from './testing/programs.ts';

const loki = findProgram('loki');
const mimir = findProgram('mimir');

const spec = { kubernetes: { nodes: 1 }, metrics: { store: 'mimir' } };
const before = planOf(spec, 'before');
const after = planOf({ ...spec, tenants: [{ name: 'main', adopts: 'untenanted' }] }, 'after');
const as = (tenant: string) => ({ 'X-Scope-OrgID': tenant });

/** Ends a store as a kill does, and gives what it kept to the next one. */
async function handOver({ child }: Started, from: string, to: string): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  cpSync(join(from, 'var'), join(to, 'var'), { recursive: true });
}

const BASE = 'variants/monolithic/stateful-set.yaml';

it.skipIf(loki === undefined)(
  `lines from before there were tenants are read by who adopts them, and nobody adds to them${unlessFound('loki', loki)}`,
  { timeout: 120_000 },
  async () => {
    const [old, home] = [writeLoki(before), writeLoki(after)];
    const push = (url: string, tenant: string, line: string): Promise<number> =>
      fetch(`${url}/loki/api/v1/push`, {
        method: 'POST',
        headers: { ...as(tenant), 'Content-Type': 'application/json' },
        body: JSON.stringify({
          streams: [{ stream: { namespace: 'shop' }, values: [[`${String(Date.now())}000000`, line]] }],
        }),
      }).then(({ status }) => status);
    const read = async (url: string, ids: string): Promise<string> => {
      const query = encodeURIComponent('{namespace="shop"}');
      return (await fetch(`${url}/loki/api/v1/query_range?query=${query}`, { headers: as(ids) })).text();
    };

    const first = await startLoki(loki!, old, BASE);
    await ready(first, `${first.url}/ready`, 40);
    expect(await push(first.url, 'fake', 'written before')).toBe(204);
    await expect.poll(() => read(first.url, 'fake'), { timeout: 10_000 }).toContain('written before');
    expect(await read(first.url, 'main|fake'), 'nobody may ask for two').not.toContain('written before');
    await handOver(first, old, home);

    const next = await startLoki(loki!, home, BASE);
    await ready(next, `${next.url}/ready`, 40);
    expect(await push(next.url, 'main', 'written since')).toBe(204);
    const { logs } = after.credentials[0]!.readIds;
    await expect.poll(() => read(next.url, logs.join('|')), { timeout: 10_000 }).toContain('written before');
    expect(await read(next.url, logs.join('|'))).toContain('written since');
    expect(await read(next.url, 'main')).not.toContain('written before');
    expect(await push(next.url, 'fake', 'a forgery')).toBe(429);
  },
);

it.skipIf(mimir === undefined)(
  `samples from before there were tenants are read by who adopts them, and nobody adds to them${unlessFound('mimir', mimir)}`,
  { timeout: 120_000 },
  async () => {
    const [old, home] = [writeMimir(before), writeMimir(after)];
    const flags = ['-ingester.ring.min-ready-duration=0s', '-memberlist.join=127.0.0.1'];
    const read = async (url: string, ids: string): Promise<string> => {
      const query = encodeURIComponent(probe.query);
      return (await fetch(`${url}/prometheus/api/v1/query?query=${query}`, { headers: as(ids) })).text();
    };

    const first = await startMimir(mimir!, old, flags);
    await ready(first, `${first.url}/ready`, 40);
    expect((await pushProbe(`${first.url}/otlp/v1/metrics`, as('anonymous'))).status).toBe(200);
    await expect.poll(() => read(first.url, 'anonymous'), { timeout: 10_000 }).toContain(probe.value);
    expect(await read(first.url, 'main|anonymous'), 'nobody may ask for two').not.toContain(probe.value);
    await handOver(first, old, home);

    const next = await startMimir(mimir!, home, flags);
    await ready(next, `${next.url}/ready`, 40);
    const { metrics } = after.credentials[0]!.readIds;
    await expect.poll(() => read(next.url, metrics.join('|')), { timeout: 10_000 }).toContain(probe.value);
    expect(await read(next.url, 'main')).not.toContain(probe.value);
    expect((await pushProbe(`${next.url}/otlp/v1/metrics`, as('anonymous'))).status).toBe(429);
    expect((await pushProbe(`${next.url}/otlp/v1/metrics`, as('main'))).status).toBe(200);
  },
);
