import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, isExecutable, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { baseArguments } from '../testing/checkout.ts';
import { yamlFiles } from '../testing/plans.ts';
import { ready, start } from '../testing/programs.ts';
import { prometheus as emitPrometheus } from '../prometheus/resources.ts';
import { copyInto, startSeaweedfs } from '../testing/seaweedfs.ts';
import { startMimir, write } from './testing/mimir.ts';

/** What a Prometheus has becomes blocks of Mimir: docs/migrate.md. */

const prometheus = findProgram('prometheus');
const mimir = findProgram('mimir');
const mimirtool = findProgram('mimirtool');
const weed = findProgram('weed');
const promtool = prometheus === undefined ? '' : join(dirname(prometheus), 'promtool');
const missing = [
  unlessFound('prometheus', prometheus),
  unlessFound('mimir', mimir),
  unlessFound('mimirtool', mimirtool),
  unlessFound('weed', weed),
].join('');
const real = it.skipIf(missing !== '' || !isExecutable(promtool));
const folder = temporaryFolder('block-upload');

const HOUR = 3600;
/** Blocks are looked for every quarter of an hour, and joined every hour; a test does not wait for it. */
const FLAGS = [
  '-ingester.ring.min-ready-duration=0s',
  '-memberlist.join=127.0.0.1',
  '-compactor.cleanup-interval=1s',
  '-compactor.compaction-interval=5s',
  '-blocks-storage.bucket-store.sync-interval=1s',
];

interface Said {
  readonly exitCode: number | null;
  readonly said: string;
}

/** Runs a program to its end; the stores that it talks to run meanwhile. */
function run(program: string, args: readonly string[]): Promise<Said> {
  const child = spawn(program, args, { cwd: folder, env: { HOME: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (exitCode) => {
      done({ exitCode, said });
    });
  });
}

/** Prometheus as generated, on the data of another one. */
async function startPrometheus(data: string): Promise<string> {
  const home = mkdtempSync(join(folder, 'prometheus-'));
  const plan = planOf({ kubernetes: { nodes: 1 } });
  for (const { name, text } of yamlFiles(emitPrometheus, plan, 'prometheus')) writeFileSync(join(home, name), text);
  const own = baseArguments('prometheus/stateful-set.yaml').map((argument) =>
    argument.replace('/etc/prometheus', home).replace('/var/prometheus', data),
  );
  const at = `127.0.0.1:${String(await freePort())}`;
  const started = start(prometheus!, [...own, `--web.listen-address=${at}`], home);
  await ready(started, `http://${at}/prometheus/-/ready`, 20);
  return `http://${at}`;
}

const upload = (url: string, tenant: string, blocks: readonly string[]): Promise<Said> =>
  run(mimirtool!, ['backfill', `--address=${url}`, `--id=${tenant}`, '--sleep-time=1s', ...blocks]);

async function valueAt(url: string, seconds: number): Promise<string> {
  const query = new URLSearchParams({ query: 'orders', time: String(seconds) });
  const headers = { 'X-Scope-OrgID': 'main' };
  return (await fetch(`${url}/prometheus/api/v1/query?${query.toString()}`, { headers })).text();
}

real(
  `what Prometheus has is exported, uploaded by a tenant that may, and found in Mimir, also when its files were copied to a bucket${missing}`,
  { timeout: 240_000 },
  async () => {
    // Across midnight, and older than the half day for which ingesters alone are asked.
    const midnight = Math.floor(Date.now() / 1000 / 86_400) * 86_400 - 86_400;
    const [from, to] = [midnight - 3 * HOUR, midnight + 3 * HOUR];
    const samples = Array.from(
      { length: (to - from) / 60 },
      (_, index) => `orders{shop="a"} ${String(index)} ${String(from + index * 60)}`,
    );
    writeFileSync(join(folder, 'orders.om'), `# TYPE orders gauge\n${samples.join('\n')}\n# EOF\n`);
    const data = join(folder, 'data');
    mkdirSync(data);
    expect(await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', 'orders.om', data])).toMatchObject({
      exitCode: 0,
    });

    const exported = join(folder, 'exported');
    const day = (seconds: number): string => new Date(seconds * 1000).toISOString();
    const address = await startPrometheus(data);
    const args = [
      '--selector={__name__!=""}',
      `--from=${day(from)}`,
      `--to=${day(to)}`,
      `--tsdb-path=${exported}`,
      '--use-chunks',
    ];
    expect(await run(mimirtool!, ['remote-read', 'export', `--address=${address}`, ...args])).toMatchObject({
      exitCode: 0,
    });
    const blocks = readdirSync(exported)
      .filter((name) => /^[0-9A-Z]{26}$/.test(name))
      .map((name) => join(exported, name));
    expect(blocks.length).toBeGreaterThanOrEqual(3);

    const plan = planOf({
      kubernetes: { nodes: 1 },
      metrics: { store: 'mimir' },
      tenants: [{ name: 'main', blockUpload: true }, { name: 'other' }],
    });
    const home = write(plan);
    const started = await startMimir(mimir!, home, FLAGS);
    await ready(started, `${started.url}/ready`, 40);
    expect((await upload(started.url, 'other', blocks)).said).toContain('block upload is disabled');
    // Its folder is made by the first run of the compactor that finds a tenant, and that is one since this upload.
    const [early, ...rest] = blocks;
    // mimirtool reads why, or is told before that is written down.
    const soon = await upload(started.url, 'main', [early!]);
    const compactor = join(home, 'var/mimir/compactor');
    // On a busy machine the compactor may have been quicker.
    if (soon.exitCode === 0) expect(existsSync(compactor)).toBe(true);
    else {
      expect(soon.said).toMatch(/failed to create temporary block directory|500 Internal Server Error/);
      await expect.poll(() => existsSync(compactor), { timeout: 90_000 }).toBe(true);
      expect((await upload(started.url, 'main', [early!])).said).toContain('block validation failed');
    }
    expect(await upload(started.url, 'main', rest)).toMatchObject({ exitCode: 0 });
    // The 120th minute, the 300th, which begins a block, and the last.
    for (const [minute, at] of [120, 300, 359].map((nth) => [String(nth), from + nth * 60] as const))
      await expect.poll(() => valueAt(started.url, at), { timeout: 90_000 }).toContain(`"${minute}"`);

    // From files to a bucket the same folders are copied, and nothing is told of it.
    const keys = { accessKey: 'key', secretKey: 'secret' };
    const buckets = ['moved-mimir-blocks', 'moved-mimir-ruler', 'moved-mimir-alertmanager'];
    const endpoint = await startSeaweedfs(weed!, folder, keys, buckets);
    await copyInto(endpoint, 'moved-mimir-blocks', join(home, 'var/mimir/blocks'));
    const moved = planOf({
      kubernetes: { nodes: 1 },
      objectStorage: { s3: { region: 'any', bucketPrefix: 'moved', endpoint, insecure: true, pathStyle: true } },
      tenants: [{ name: 'main' }, { name: 'other' }],
    });
    const env = { ACCESS_KEY_ID: keys.accessKey, SECRET_ACCESS_KEY: keys.secretKey };
    const next = await startMimir(mimir!, write(moved), FLAGS, env);
    await ready(next, `${next.url}/ready`, 40);
    await expect.poll(() => valueAt(next.url, from + 120 * 60), { timeout: 90_000 }).toContain('"120"');
  },
);
