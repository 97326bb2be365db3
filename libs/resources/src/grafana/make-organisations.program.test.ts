import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/**
 * The script that makes Grafana's organisations, against a stand-in that answers as Grafana's HTTP API does and
 * writes down what it was asked. Grafana itself is no program that a test can have.
 */
const SCRIPT = join(import.meta.dirname, '../../../../base/grafana/variants/organisations/make-organisations.sh');
const missing = ['curl', 'sh'].filter((program) => spawnSync(program, ['--version']).error !== undefined);

const STAND_IN = `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const state = process.env.STATE;
const read = () => JSON.parse(readFileSync(state, 'utf8'));
const write = (next) => writeFileSync(state, JSON.stringify(next));
if (process.argv[2] === 'cli') {
  write({ ...read(), password: readFileSync(0, 'utf8').trim(), reset: (read().reset ?? 0) + 1 });
  process.exit(0);
}
if (read().dies) process.exit(1);
createServer((request, response) => {
  const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
  const { password, organisations, faster, broken } = read();
  if (request.url === '/api/health') return answer(200, {});
  appendFileSync(state + '.log', request.method + ' ' + request.url + '\\n');
  const wanted = 'Basic ' + Buffer.from('admin:' + password).toString('base64');
  if (request.headers.authorization !== wanted) return answer(401, { message: 'Invalid username or password' });
  if (broken) return answer(500, {});
  if (request.method === 'GET') {
    const name = request.url.split('/').at(-1);
    const id = organisations[name];
    const address = { address1: '', city: '', id: 99 };
    return id === undefined ? answer(404, { message: 'Organization not found' }) : answer(200, { id, name, address });
  }
  let text = '';
  request.on('data', (chunk) => (text += chunk)).on('end', () => {
    const { name } = JSON.parse(text);
    const next = { ...organisations, [name]: Math.max(1, ...Object.values(organisations)) + 1 };
    write({ ...read(), organisations: next });
    if (faster) return answer(409, { message: 'Organization name taken' });
    answer(200, { message: 'Organization created', orgId: next[name] });
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

interface State {
  readonly password: string;
  readonly organisations: Readonly<Record<string, number>>;
  readonly reset?: number;
  readonly faster?: boolean;
  readonly broken?: boolean;
  readonly dies?: boolean;
}

describe.skipIf(missing.length > 0)(
  `organisations${missing.length > 0 ? ` (skipped: no ${missing.join(', ')})` : ''}`,
  () => {
    let root: string;
    const at = (path: string) => join(root, path);
    const state = (): State => JSON.parse(readFileSync(at('state'), 'utf8')) as State;
    const ids = () =>
      Object.fromEntries(readdirSync(at('ids')).map((name) => [name, readFileSync(at(`ids/${name}`), 'utf8')]));

    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-organisations-'));
      for (const folder of ['ids', 'config', 'admin', 'tmp']) mkdirSync(at(folder));
      writeFileSync(at('grafana'), STAND_IN);
      chmodSync(at('grafana'), 0o755);
      writeFileSync(at('admin/username'), 'admin\n');
      writeFileSync(at('admin/password'), 'secret\n');
      writeFileSync(at('config/organisations.txt'), '# Generated.\n\npayments\nfinance\n');
    });
    afterEach(() => {
      rmSync(root, { recursive: true, force: true });
    });

    async function run(before: State): Promise<{ readonly code: number | null; readonly said: string }> {
      writeFileSync(at('state'), JSON.stringify(before));
      const port = await freePort();
      const child = spawn('sh', [SCRIPT], {
        env: {
          PATH: process.env['PATH'],
          GRAFANA: at('grafana'),
          ORGANISATIONS: at('config'),
          IDS: at('ids'),
          ADMIN: at('admin'),
          TMPDIR: at('tmp'),
          STATE: at('state'),
          URL: `http://127.0.0.1:${String(port)}`,
          PORT: String(port),
        },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
      return { code, said };
    }

    it('makes what is missing, and writes the id of each', async () => {
      expect(await run({ password: 'secret', organisations: { Main: 1, payments: 7 } })).toMatchObject({ code: 0 });
      expect(ids()).toEqual({ payments: '7\n', finance: '8\n' });
      expect(state().organisations).toEqual({ Main: 1, payments: 7, finance: 8 });
      expect(
        readFileSync(at('state.log'), 'utf8')
          .split('\n')
          .filter((line) => line.startsWith('POST')),
      ).toHaveLength(1);
    }, 30_000);

    it('changes nothing the second time', async () => {
      await run({ password: 'secret', organisations: {} });
      const before = state();
      expect(await run(before)).toMatchObject({ code: 0 });
      expect(state()).toEqual(before);
    }, 30_000);

    it('takes the organisation of another pod that was faster', async () => {
      expect(await run({ password: 'secret', organisations: {}, faster: true })).toMatchObject({ code: 0 });
      expect(Object.keys(ids())).toEqual(['finance', 'payments']);
    }, 30_000);

    it('sets the password of the administrator back to what the Secret says, once', async () => {
      expect(await run({ password: 'changed', organisations: {} })).toMatchObject({ code: 0 });
      expect(state()).toMatchObject({ password: 'secret', reset: 1 });
    }, 30_000);

    it('does not let Grafana start without them', async () => {
      expect((await run({ password: 'secret', organisations: {}, broken: true })).code).toBe(1);
      expect((await run({ password: 'secret', organisations: {}, dies: true })).code).toBe(1);
      expect(ids()).toEqual({});
    }, 30_000);

    it('shows the password to nobody', async () => {
      const { said } = await run({ password: 'changed', organisations: {} });
      expect(said).not.toContain('secret');
      expect(readFileSync(SCRIPT, 'utf8')).not.toMatch(/--user\b/);
    }, 30_000);
  },
);
