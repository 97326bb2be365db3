import { execFile, type ExecFileException } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { edgeFiles } from '@lgtm-fleet/overlay';
import { plan, type Plan } from '@lgtm-fleet/plan';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { clusterSchema } from '@lgtm-fleet/spec';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { startLoki, write } from '../../../resources/src/loki/testing/loki.ts';
import { nginx, startGateway } from '../../../resources/src/testing/nginx.ts';
import { ready, start } from '../../../resources/src/testing/programs.ts';
import { edgePages } from './pages.ts';

/** What senders are given, run as it is: only the address of the gateway and the folder of credentials are others. */

const folder = temporaryFolder('samples');
const curl = findProgram('curl');
const prometheus = findProgram('prometheus');
const loki = findProgram('loki');

const SECRETS = { password: 'a-secret-of-plant', token: 'a-token-of-plant-1' };
type Kind = keyof typeof SECRETS;

/** Nobody is exposed, so the gateway has its address inside. */
function plantOf(credential: Kind): Plan {
  const spec = {
    tenants: [{ name: 'main', writers: [{ name: 'plant', credential }] }],
    ingest: { senders: [{ name: 'till', writer: 'plant', protocols: ['remote-write', 'otlp', 'loki'] }] },
  };
  const file = { apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name: credential }, spec };
  return plan(clusterSchema.parse(file), { repository: 'https://git.example.com/fleet.git' });
}

function gatewayOf(planned: Plan, credential: Kind) {
  return startGateway(folder, planned, {
    passwords: { main: 'x', plant: SECRETS.password },
    ...(credential === 'token' && { tokens: { [SECRETS.token]: 'plant' } }),
  });
}

/** The command of the page by which a line is pushed, to another address. */
function lokiCommand(planned: Plan, address: string): string {
  const page = edgePages(planned, []).get('till') ?? '';
  const [, code = ''] = /## Loki push[\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? [];
  const { gatewayUrl = '' } = planned.ingest.senders[0] ?? {};
  expect(code).toContain(gatewayUrl);
  return code.replace(gatewayUrl, address);
}

/** Runs it in a folder with the credential; gives what it says, and how it ended. */
function run(command: string, credential: Kind): Promise<readonly [code: number, output: string]> {
  const cwd = mkdtempSync(join(folder, 'sender-'));
  writeFileSync(join(cwd, 'plant'), SECRETS[credential]);
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { cwd, timeout: 10_000 }, (error: ExecFileException | null, stdout, stderr) => {
      resolve([typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, `${stdout}${stderr}`]);
    });
  });
}

const kinds = Object.keys(SECRETS) as Kind[];

it.skipIf(nginx === undefined || curl === undefined).each(kinds)(
  `a line is pushed with a %s by the command of the page${unlessFound('nginx', nginx)}${unlessFound('curl', curl)}`,
  async (credential) => {
    const planned = plantOf(credential);
    const gateway = await gatewayOf(planned, credential);
    const [code, output] = await run(lokiCommand(planned, `http://127.0.0.1:${String(gateway.port)}`), credential);
    await gateway.stop();
    expect(code, output).toBe(0);
    expect(gateway.seen.map(({ method, url, headers }) => [method, url, headers['x-scope-orgid']])).toEqual([
      ['POST', '/loki/api/v1/push', 'main'],
    ]);
  },
);

it.skipIf(loki === undefined || curl === undefined)(
  `Loki takes that line${unlessFound('loki', loki)}${unlessFound('curl', curl)}`,
  { timeout: 50_000 },
  async () => {
    const planned = plantOf('password');
    const started = await startLoki(loki!, write(planned), 'variants/monolithic/stateful-set.yaml');
    await ready(started, `${started.url}/ready`, 40);
    const command = lokiCommand(planned, started.url).replace('--header', "--header 'X-Scope-OrgID: main' --header");
    expect(await run(command, 'password')).toEqual([0, expect.any(String)]);
    const query = `${started.url}/loki/api/v1/query_range?query=${encodeURIComponent('{job="till"}')}`;
    const ask = async () => (await fetch(query, { headers: { 'X-Scope-OrgID': 'main' } })).text();
    await expect.poll(ask, { timeout: 8000 }).toContain('a first line');
  },
);

it.skipIf(nginx === undefined || prometheus === undefined).each(kinds)(
  `Prometheus pushes with a %s and the file that it is given${unlessFound('nginx', nginx)}${unlessFound('prometheus', prometheus)}`,
  { timeout: 70_000 },
  async (credential) => {
    const planned = plantOf(credential);
    const gateway = await gatewayOf(planned, credential);
    const home = mkdtempSync(join(folder, 'prometheus-'));
    mkdirSync(join(home, 'credentials'));
    writeFileSync(join(home, 'credentials', 'plant'), SECRETS[credential]);
    const { gatewayUrl = '' } = planned.ingest.senders[0] ?? {};
    const given = edgeFiles(planned)
      .get(`overlays/${credential}/edge/till/prometheus.yml`)!
      .replaceAll('/etc/prometheus/', `${home}/`)
      .replaceAll(gatewayUrl, `http://127.0.0.1:${String(gateway.port)}`);
    const { global, ...rest } = parse(given) as { readonly global: object };
    const at = `127.0.0.1:${String(await freePort())}`;
    const file = join(home, 'prometheus.yml');
    const scraping = {
      global: { ...global, scrape_interval: '1s', scrape_timeout: '1s' },
      ...rest,
      scrape_configs: [{ job_name: 'nothing', static_configs: [{ targets: ['127.0.0.1:1'] }] }],
    };
    writeFileSync(file, stringify(scraping));
    const flags = [`--config.file=${file}`, `--storage.tsdb.path=${home}/data`, `--web.listen-address=${at}`];
    const started = start(prometheus!, flags, home);
    await ready(started, `http://${at}/-/ready`, 20);
    const arrived = () =>
      gateway.seen.map(({ method, url, headers }) => `${method} ${url} ${String(headers['x-scope-orgid'])}`);
    // Prometheus is the store here, whose path is another.
    await expect.poll(arrived, { timeout: 30_000 }).toContain('POST /prometheus/api/v1/write main');
    await gateway.stop();
  },
);
