import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { afterAll, expect, test } from 'vitest';
import { machineAt } from './machine.ts';
import { lackingPackages } from './workshop.ts';

const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-machine-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const nothing = { add: () => undefined, run: () => undefined };

function put(path: string, mode = 0o755): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '');
  chmodSync(full, mode);
  return full;
}

test('what is unpacked is found where Debian puts it, of PostgreSQL the newest', () => {
  const sbin = put('usr/sbin/e2e-one');
  put('usr/lib/postgresql/9/bin/e2e-two');
  const newest = put('usr/lib/postgresql/15/bin/e2e-two');
  put('usr/bin/e2e-three', 0o644);
  const { find } = machineAt('127.0.0.1', nothing, [root]);
  expect([find('e2e-one'), find('e2e-two'), find('e2e-three'), find('e2e-four')]).toEqual([
    sbin,
    newest,
    undefined,
    undefined,
  ]);
});

test('what is installed comes first, and needs no other libraries', () => {
  put('usr/bin/sh');
  const machine = machineAt('127.0.0.1', nothing, [root]);
  expect(machine.find('sh')?.startsWith(root)).toBe(false);
  expect(machine.env).toEqual({});
  put('usr/lib/x86_64-linux-gnu/lib.so');
  put('lib/x86_64-linux-gnu/lib.so');
  expect(machineAt('127.0.0.1', nothing, [root]).env).toEqual({
    LD_LIBRARY_PATH: ['usr/lib', 'lib'].map((folder) => join(root, folder, 'x86_64-linux-gnu')).join(':'),
  });
});

test('packages of what is not there, and no other', () => {
  expect(lackingPackages(() => undefined).toSorted()).toEqual([
    'postgresql',
    'prometheus-blackbox-exporter',
    'prometheus-node-exporter',
    'prometheus-postgres-exporter',
    'prometheus-redis-exporter',
    'redis-server',
  ]);
  expect(lackingPackages((program) => (program === 'initdb' ? '/usr/bin/initdb' : undefined))).not.toContain(
    'postgresql',
  );
  expect(lackingPackages((program) => program)).toEqual([]);
});

test('a free port can be taken', async () => {
  const port = await freePort('127.0.0.1');
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  server.close();
  expect(port).toBeGreaterThan(0);
});
