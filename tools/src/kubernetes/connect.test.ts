import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { json, kubeconfig, serve, type TestServer } from '../testing/api-server.ts';
import { connect } from './connect.ts';

let home = '';
let server: TestServer;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'lgtm-fleet-connect-'));
  server = await serve({ 'GET /version': [json({ gitVersion: 'v1.36.0' })] });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(home, { recursive: true });
});

/** A kubeconfig whose user signs in with a program. */
function signingInWith(script: string): void {
  const config = JSON.parse(kubeconfig(server.url)) as Record<string, unknown>;
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script] };
  const file = join(home, 'kubeconfig');
  writeFileSync(file, JSON.stringify({ ...config, users: [{ name: 'test', user: { exec } }] }));
  vi.stubEnv('KUBECONFIG', file);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('who signs in with a program is told the version', async () => {
  signingInWith(`console.log(JSON.stringify({ status: { token: 'not-a-secret' } }))`);
  expect(await connect(undefined)).toMatchObject({ version: 'v1.36.0' });
});

test('a program that never ends is ended and said, though its child holds its output', async () => {
  const file = join(home, 'pid');
  // Its child holds its output open.
  signingInWith(
    `const { pid } = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 8000)'], { stdio: 'inherit' });
     require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => pid, 1000)`,
  );
  const start = performance.now();
  expect(await connect(undefined, 1500)).toMatchObject({
    problem: true,
    message: `cannot talk to ${server.url} (context 'test'): signing in did not end within 1.5 s`,
    help: expect.stringContaining('by hand') as string,
  });
  expect(performance.now() - start).toBeLessThan(5000);
  await expect.poll(() => isAlive(Number(readFileSync(file, 'utf8')))).toBe(false);
  expect(server.asked).toEqual([]);
});
