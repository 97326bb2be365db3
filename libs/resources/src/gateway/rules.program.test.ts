import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { startLoki, write as writeLoki } from '../loki/testing/loki.ts';
import { startMimir, write as writeMimir } from '../mimir/testing/mimir.ts';
import { nginx, startGateway } from '../testing/nginx.ts';
import { linesOf } from '../testing/page.ts';
import { ready } from '../testing/programs.ts';

/** A tenant's rules and routes, taken out through the gateway and given back, by the lines of docs/backup.md. */

const programs = Object.fromEntries(
  ['mimir', 'loki', 'mimirtool', 'lokitool'].map((name) => [name, findProgram(name)]),
);
const missing = [
  unlessFound('nginx', nginx),
  ...Object.entries(programs).map(([name, path]) => unlessFound(name, path)),
].join('');
const folder = temporaryFolder('rules');
const PAGE = 'docs/backup.md';

const METRICS = {
  orders:
    'groups:\n  - name: orders\n    rules:\n      - record: orders:rate\n        expr: sum(rate(orders_total[5m]))\n',
  stock: 'groups:\n  - name: stock\n    rules:\n      - alert: Empty\n        expr: stock == 0\n        for: 5m\n',
};
const LOGS = {
  orders: 'name: refused\nrules:\n  - alert: Refused\n    expr: sum(rate({job="orders"} |= "refused" [5m])) > 1\n',
  stock: 'name: lost\nrules:\n  - alert: Lost\n    expr: sum(rate({job="stock"} |= "lost" [5m])) > 1\n',
};
const ROUTES = { alertmanager_config: 'route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n' };

it.skipIf(missing !== '')(
  `rules and alert routes of a tenant are written into files, and read from them, by the lines of the page${missing}`,
  { timeout: 240_000 },
  async () => {
    const plan = planOf(
      {
        kubernetes: { nodes: 1 },
        metrics: { store: 'mimir' },
        objectStorage: { seaweedfs: {} },
        tenants: [{ name: 'main' }, { name: 'other' }],
      },
      'rules',
    );
    // The API of rules is the same whatever they are kept in; here files, so that nothing else has to run.
    const files = planOf({ kubernetes: { nodes: 1 }, metrics: { store: 'mimir' }, tenants: [{ name: 'main' }] });
    const mimir = await startMimir(programs['mimir']!, writeMimir(files), [
      '-ingester.ring.min-ready-duration=0s',
      '-memberlist.join=127.0.0.1',
      '-ruler.rule-path=' + join(folder, 'ruler'),
    ]);
    const loki = await startLoki(programs['loki']!, writeLoki(files), 'variants/monolithic/stateful-set.yaml');
    await ready(mimir, `${mimir.url}/ready`, 60);
    await ready(loki, `${loki.url}/ready`, 60);
    const gateway = await startGateway(folder, plan, { passwords: { main: 'one', other: 'two' } }, true, {
      services: { mimir: Number(new URL(mimir.url).port), loki: Number(new URL(loki.url).port) },
    });
    try {
      const work = join(folder, 'work');
      mkdirSync(work);
      const run = async (line: string): Promise<string> => {
        const here = line
          .replaceAll('http://localhost:8080', `http://127.0.0.1:${String(gateway.port)}`)
          .replace(/^(\w+)/, (name) => programs[name] ?? name);
        return await shell(here, work, { PASSWORD: 'one' });
      };
      const sent = async (path: string, body: string): Promise<number> => {
        const authorization = `Basic ${Buffer.from('main:one').toString('base64')}`;
        return (await gateway.ask(path, { authorization, 'content-type': 'application/yaml' }, 'POST', undefined, body))
          .status;
      };
      for (const [namespace, text] of Object.entries(METRICS))
        expect(await sent(`/prometheus/config/v1/rules/${namespace}`, groupOf(text))).toBe(202);
      for (const [namespace, text] of Object.entries(LOGS))
        expect(await sent(`/loki/api/v1/rules/${namespace}`, text)).toBe(202);
      expect(await sent('/api/v1/alerts', `alertmanager_config: |\n${indented(ROUTES.alertmanager_config)}`)).toBe(201);

      const held = async (): Promise<readonly string[]> => {
        const authorization = `Basic ${Buffer.from('main:one').toString('base64')}`;
        const paths = ['/prometheus/config/v1/rules', '/loki/api/v1/rules', '/api/v1/alerts'];
        return await Promise.all(paths.map(async (path) => (await gateway.ask(path, { authorization })).body));
      };
      const before = await held();
      for (const line of linesOf(PAGE, 'rules-out')) await run(line);
      expect(readdirSync(work).toSorted()).toEqual(['main-alerts', 'main-logs.yaml', 'main-metrics']);
      const authorization = `Basic ${Buffer.from('main:one').toString('base64')}`;
      for (const path of [
        ...Object.keys(METRICS).map((namespace) => `/prometheus/config/v1/rules/${namespace}`),
        ...Object.keys(LOGS).map((namespace) => `/loki/api/v1/rules/${namespace}`),
        '/api/v1/alerts',
      ])
        expect((await gateway.ask(path, { authorization }, 'DELETE')).status, path).toBeLessThan(300);
      expect(await held()).not.toEqual(before);
      for (const line of linesOf(PAGE, 'rules-in')) await run(line);
      expect(await held()).toEqual(before);
    } finally {
      await gateway.stop();
    }
  },
);

/** The one group of a file, as the API takes it. */
function groupOf(text: string): string {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^ {2}(?:- | {2})/, ''))
    .join('\n');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

/** Runs a line while the stores go on. */
function shell(line: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn('/bin/sh', ['-c', line], { cwd, env: { ...env, HOME: cwd }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(said);
      else fail(new Error(`${line} ended with ${String(code)}: ${said}`));
    });
  });
}
