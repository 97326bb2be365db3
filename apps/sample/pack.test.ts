import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from './pack.ts';
import { startServer } from './src/testing/child.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lgtm-sample-'));
  pack(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the packed folder runs with nothing around it', async () => {
  const program = { node: join(folder, 'usr/local/bin/node'), main: join(folder, 'app/src/main.ts') };
  const env = { OTEL_EXPORTER_OTLP_TIMEOUT: '300' };
  const shop = await startServer(['shop', '--stock', 'http://127.0.0.1:9'], env, program);
  const health = await fetch(`${shop.url}/healthz`);
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  expect((await fetch(`${shop.url}/checkout?items=0`)).status).toBe(400);
  // Nobody receives what it would send at its end; it ends all the same.
  expect(await shop.stop()).toBe(0);
});

test('the packed folder holds neither tests nor what only a compiler reads', () => {
  for (const path of ['app/src/main.ts', 'app/package.json', 'app/node_modules/@opentelemetry/api/package.json'])
    expect(existsSync(join(folder, path)), path).toBe(true);
  for (const path of [
    'app/src/testing',
    'app/src/sample.test.ts',
    'app/node_modules/@opentelemetry/api/dist/index.d.mts',
    'app/node_modules/vitest',
  ])
    expect(existsSync(join(folder, path)), path).toBe(false);
});

test('a folder that holds something is left alone', () => {
  expect(() => {
    pack(folder);
  }).toThrow('is not empty');
});
