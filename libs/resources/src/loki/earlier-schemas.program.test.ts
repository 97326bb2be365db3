import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { expect, it } from 'vitest';
import { ready, start, type Started } from '../testing/programs.ts';
import { keysOf, startSeaweedfs } from '../testing/seaweedfs.ts';
import { keys, startLoki, write } from './testing/loki.ts';

/** Takes over what another Loki stored by the schema of its time: docs/migrate.md. */

const program = findProgram('loki');
const weed = findProgram('weed');
const folder = temporaryFolder('loki-earlier');
const DAY_MS = 86_400_000;
/** The first question downloads a table. */
const POLL = { timeout: 20_000 };
const BASE = 'variants/monolithic/stateful-set.yaml';

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const tableOf = (prefix: string, ms: number): string => `${prefix}${String(Math.floor(ms / DAY_MS))}`;

interface Period {
  readonly from: string;
  readonly store: 'boltdb-shipper' | 'tsdb';
  readonly schema: 'v11' | 'v12' | 'v13';
  readonly indexPrefix: string;
}

/** A Loki as charts of its time set it up: files, one tenant without a name, the clients that Loki 4 will not have. */
async function startOld(home: string, periods: readonly Period[]): Promise<Started & { readonly url: string }> {
  const [http, grpc] = [await freePort(), await freePort()];
  const config = {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: {
      http_listen_address: '127.0.0.1',
      http_listen_port: http,
      grpc_listen_address: '127.0.0.1',
      grpc_listen_port: grpc,
    },
    common: {
      path_prefix: home,
      replication_factor: 1,
      ring: { instance_addr: '127.0.0.1', kvstore: { store: 'inmemory' } },
    },
    frontend: { address: '127.0.0.1' },
    ingester: { lifecycler: { min_ready_duration: '0s' } },
    limits_config: { allow_structured_metadata: false },
    schema_config: {
      configs: periods.map(({ indexPrefix: prefix, ...period }) => ({
        ...period,
        object_store: 'filesystem',
        index: { prefix, period: '24h' },
      })),
    },
    storage_config: { filesystem: { directory: join(home, 'chunks') } },
  };
  const path = join(home, 'old.yaml');
  writeFileSync(path, stringify(config));
  const started = start(program!, [`-config.file=${path}`, '-target=all'], home);
  return { ...started, url: `http://127.0.0.1:${String(http)}` };
}

async function push(url: string, tenant: string, line: string, ms: number): Promise<number> {
  const streams = [{ stream: { namespace: 'shop' }, values: [[`${String(ms)}000000`, line]] }];
  const { status } = await fetch(`${url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'X-Scope-OrgID': tenant, 'Content-Type': 'application/json' },
    body: JSON.stringify({ streams }),
  });
  return status;
}

/** What is found within ten minutes of a time. */
async function read(url: string, tenants: string, ms: number): Promise<string> {
  const [start, end] = [ms - 600_000, ms + 600_000].map((at) => String(at / 1000));
  const query = new URLSearchParams({ query: '{namespace="shop"}', start: start!, end: end! });
  const headers = { 'X-Scope-OrgID': tenants };
  return (await fetch(`${url}/loki/api/v1/query_range?${query.toString()}`, { headers })).text();
}

/** Ends as a pod does: everything that it holds is stored. */
async function stop({ child }: Started): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

const FIRST = '2020-10-24';
const YESTERDAY = dayOf(Date.now() - DAY_MS);
const written: Period = { from: YESTERDAY, store: 'tsdb', schema: 'v13', indexPrefix: 'index_' };

it.skipIf(program === undefined).each<readonly [string, Period, readonly Period[]]>([
  [
    'boltdb-shipper v11, then tsdb v13',
    { from: FIRST, store: 'boltdb-shipper', schema: 'v11', indexPrefix: 'index_' },
    [written],
  ],
  ['boltdb-shipper v12', { from: FIRST, store: 'boltdb-shipper', schema: 'v12', indexPrefix: 'loki_index_' }, []],
  ['tsdb v12', { from: FIRST, store: 'tsdb', schema: 'v12', indexPrefix: 'index_' }, []],
])(
  `lines that another Loki stored by %s are read, and new ones are stored by tsdb v13${unlessFound('loki', program)}`,
  { timeout: 120_000 },
  async (_, earlier, later) => {
    const [now, then] = [Date.now(), Date.now() - 2 * DAY_MS];
    const from = mkdtempSync(join(folder, 'old-'));
    mkdirSync(join(from, 'chunks'));
    const first = await startOld(from, [earlier, ...later]);
    await ready(first, `${first.url}/ready`, 40);
    const times = [then, ...later.map(() => now)];
    for (const at of times) expect(await push(first.url, 'fake', `stored before, ${String(at)}`, at)).toBe(204);
    expect((await fetch(`${first.url}/flush`, { method: 'POST' })).status).toBe(204);
    await stop(first);
    expect(readdirSync(join(from, 'chunks/index'))).toContain(tableOf(earlier.indexPrefix, then));

    const plan = planOf({
      kubernetes: { nodes: 1 },
      logs: { schemaFrom: YESTERDAY, earlierSchemas: [earlier] },
      tenants: [{ name: 'main', adopts: 'untenanted' }],
    });
    const home = write(plan);
    cpSync(join(from, 'chunks'), join(home, 'var/loki/objects'), { recursive: true });
    const indexed = (): readonly string[] =>
      readdirSync(join(home, 'var/loki/objects/index'), { recursive: true, encoding: 'utf8' }).filter(
        (name) => name.startsWith(tableOf('index_', now)) && name.endsWith('.tsdb.gz'),
      );
    const taken = indexed();
    const next = await startLoki(program!, home, BASE);
    await ready(next, `${next.url}/ready`, 40);
    const ids = plan.credentials[0]!.readIds.logs.join('|');
    for (const at of times)
      await expect.poll(() => read(next.url, ids, at), POLL).toContain(`stored before, ${String(at)}`);
    expect(await push(next.url, 'main', 'stored by the new schema', now)).toBe(204);
    await expect.poll(() => read(next.url, ids, now), POLL).toContain('stored by the new schema');
    await stop(next);
    expect(indexed().length).toBeGreaterThan(taken.length);
  },
);

it.skipIf(program === undefined || weed === undefined)(
  `lines in files are read, and new ones are stored in a bucket${unlessFound('loki', program)}${unlessFound('weed', weed)}`,
  { timeout: 120_000 },
  async () => {
    const [now, then] = [Date.now(), Date.now() - 2 * DAY_MS];
    const before = planOf({ kubernetes: { nodes: 1 } });
    const files = write(before);
    const first = await startLoki(program!, files, BASE);
    await ready(first, `${first.url}/ready`, 40);
    expect(await push(first.url, 'main', 'stored in a file', then)).toBe(204);
    await stop(first);

    const endpoint = await startSeaweedfs(weed!, folder, keys, ['moved-loki', 'moved-loki-ruler']);
    const { schemaFrom: from } = before.loki!;
    const bucket = {
      kubernetes: { nodes: 1 },
      metrics: { store: 'prometheus' },
      objectStorage: { s3: { region: 'any', bucketPrefix: 'moved', endpoint, insecure: true, pathStyle: true } },
    };
    const earlier = { from, store: 'tsdb', schema: 'v13', objectStore: 'filesystem' };
    const after = planOf({ ...bucket, logs: { schemaFrom: YESTERDAY, earlierSchemas: [earlier] } });
    const home = write(after);
    cpSync(join(files, 'var'), join(home, 'var'), { recursive: true });
    const next = await startLoki(program!, home, BASE);
    await ready(next, `${next.url}/ready`, 40);
    await expect.poll(() => read(next.url, 'main', then), POLL).toContain('stored in a file');
    expect(await push(next.url, 'main', 'stored in the bucket', now)).toBe(204);
    await expect.poll(() => read(next.url, 'main', now), POLL).toContain('stored in the bucket');
    await stop(next);
    expect(await keysOf(endpoint, 'moved-loki', `index/${tableOf('index_', now)}/`)).not.toEqual([]);
    expect(await keysOf(endpoint, 'moved-loki', 'main/')).not.toEqual([]);

    // When the files have had their time, one schema from the first day on finds what is in the bucket as well.
    const last = await startLoki(program!, write(planOf(bucket)), BASE);
    await ready(last, `${last.url}/ready`, 40);
    await expect.poll(() => read(last.url, 'main', now), POLL).toContain('stored in the bucket');
    expect(await read(last.url, 'main', then)).not.toContain('stored in a file');
  },
);
