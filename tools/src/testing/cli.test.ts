import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCheckout, removeCheckout } from './checkout.ts';
import { runCli, type Ended } from './cli.ts';

/** Most commands of these tests run in a process that has run others; they must not notice. */

const cluster = (name: string): string => `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata:\n  name: ${name}\n`;
let root = '';
beforeAll(() => {
  root = makeCheckout({
    'clusters/home/cluster.yaml': cluster('home'),
    'clusters/attic/cluster.yaml': cluster('atic'),
  });
});
afterAll(() => {
  removeCheckout(root);
});

const said = ({ exitCode, stdout, stderr }: Ended): Pick<Ended, 'exitCode' | 'stdout' | 'stderr'> => ({
  exitCode,
  stdout,
  stderr,
});

test('one after another says what each says alone', { timeout: 60_000 }, async () => {
  const commands = [
    [],
    ['--help'],
    ['plan', '--json', '--cluster=home'],
    ['plan', '--cluster=nobody'],
    ['plan', '--x'],
  ];
  for (const args of commands) {
    const here = [...args, ...(args[0] === 'plan' ? ['--root', root] : [])];
    const alone = said(await runCli(here, { alone: true }));
    // The first leaves behind what the second must not find.
    const both = [said(await runCli(here)), said(await runCli(here))];
    expect(both, here.join(' ')).toEqual([alone, alone]);
  }
});

test('one works where it is started, and leaves the next one its own place', async () => {
  const relative = ['plan', '--cluster=home', '--root', '.'];
  expect(await runCli(relative, { cwd: root })).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await runCli(relative, { cwd: tmpdir() })).toMatchObject({ exitCode: 2, stdout: '' });
  expect(await runCli(relative, { cwd: root })).toMatchObject({ exitCode: 0, stderr: '' });
});

test('one has its own environment, and leaves none of it to the next', async () => {
  const diff = ['diff', '--base=HEAD', '--root', root];
  expect(await runCli(diff, { env: { KUSTOMIZE: '/nowhere' } })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("KUSTOMIZE is '/nowhere'") as string,
  });
  expect((await runCli(diff)).stderr).not.toContain('nowhere');
});

test('one that takes too long is killed, and the next is none the worse', async () => {
  // Its modules are loaded by nobody before, which takes a while.
  const render = ['render', '--cluster=home', '--root', root];
  expect(await runCli(render, { killAfterMs: 1 })).toMatchObject({ exitCode: null, stdout: '' });
  expect(await runCli(render)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('nothing to render') as string,
  });
});

test('what it costs is measured for each', async () => {
  for (const alone of [true, false, false]) {
    const { cpuSeconds, peakMiB } = await runCli(['plan', '--root', root], { alone });
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(cpuSeconds).toBeLessThan(10);
    expect(peakMiB).toBeGreaterThan(20);
    expect(peakMiB).toBeLessThan(512);
  }
});
