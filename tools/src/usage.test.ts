import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint, makeCheckout, removeCheckout, writeAt } from './testing/checkout.ts';
import { runCli } from './testing/cli.ts';

const cluster = (name: string): string => `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata:\n  name: ${name}\n`;
let root = '';
beforeAll(() => {
  root = makeCheckout({
    'clusters/home/cluster.yaml': cluster('home'),
    'clusters/garden/cluster.yaml': cluster('garden'),
  });
});
afterAll(() => {
  removeCheckout(root);
});

const generate = ['generate-overlay', '--root', 'ROOT'] as const;
const names = '  = help: there is garden, home\n';

describe.concurrent('a usage error is said in two lines and ends with 2', () => {
  test.each([
    [
      'an unknown command',
      ['generate-overlays'],
      "error: unknown command 'generate-overlays'\n(Did you mean generate-overlay?)\n",
    ],
    ['an unknown flag', ['generate-overlay', '--chek'], "error: unknown option '--chek'\n(Did you mean --check?)\n"],
    [
      'a flag without its value',
      ['generate-overlay', '--cluster'],
      "error: option '--cluster <name>' argument missing\n",
    ],
    [
      'a name that is no flag',
      ['generate-overlay', 'home'],
      "error: too many arguments for 'generate-overlay'. Expected 0 arguments but got 1: home.\n",
    ],
    [
      'a misspelt cluster',
      [...generate, '--cluster=hmoe'],
      "error: there is no cluster 'hmoe'\n  = help: did you mean 'home'?\n",
    ],
    ['an unknown cluster', [...generate, '--cluster', 'prod-eu'], `error: there is no cluster 'prod-eu'\n${names}`],
    ['the folder above', [...generate, '--cluster', '..'], `error: there is no cluster '..'\n${names}`],
    ['this folder', [...generate, '--cluster', '.'], `error: there is no cluster '.'\n${names}`],
    ['no name', [...generate, '--cluster', ''], `error: there is no cluster ''\n${names}`],
    [
      'a path',
      [...generate, '--cluster', '../clusters/home'],
      `error: there is no cluster '../clusters/home'\n${names}`,
    ],
    [
      'a property of every object',
      [...generate, '--cluster', '__proto__'],
      `error: there is no cluster '__proto__'\n${names}`,
    ],
    [
      'a name that would speak to the terminal and to GitHub',
      [...generate, '--cluster', 'x\u001b[2J\n::error::y'],
      `error: there is no cluster 'x·[2J·::error::y'\n${names}`,
    ],
    [
      'a folder that is not there',
      ['generate-overlay', '--root', 'ROOT/nowhere'],
      'error: there is no package.json in ROOT/nowhere\n  = help: name the folder of a checkout with --root\n',
    ],
  ])('%s', async (_, args, said) => {
    const ended = await runCli(args.map((arg) => arg.replace('ROOT', root)));
    expect({ ...ended, cpuSeconds: 0, peakMiB: 0 }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: said.replace('ROOT', root),
      cpuSeconds: 0,
      peakMiB: 0,
    });
  });

  test('no command', async () => {
    const ended = await runCli([]);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Usage: lgtm-fleet/);
  });

  test('to ask for help is no error', async () => {
    const ended = await runCli(['generate-overlay', '--help']);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toContain('--check');
  });
});

describe.concurrent('a folder that is no checkout', () => {
  const help = '\n  = help: name the folder of a checkout with --root\n';
  test.each([
    [
      'without clusters/',
      (folder: string) => {
        rmSync(join(folder, 'clusters'), { recursive: true });
      },
      `error: there is no folder clusters/ in ROOT${help}`,
    ],
    [
      'with a file called clusters',
      (folder: string) => {
        rmSync(join(folder, 'clusters'), { recursive: true });
        writeAt(folder, 'clusters', '');
      },
      `error: there is no folder clusters/ in ROOT${help}`,
    ],
    [
      'without package.json',
      (folder: string) => {
        rmSync(join(folder, 'package.json'));
      },
      `error: there is no package.json in ROOT${help}`,
    ],
    [
      'whose package.json is no JSON',
      (folder: string) => {
        writeAt(folder, 'package.json', '{ "repository": ');
      },
      'error: package.json is not JSON\n  = help: repair it\n',
    ],
    [
      'whose package.json names no repository',
      (folder: string) => {
        writeAt(folder, 'package.json', '{}');
      },
      'error: package.json does not say where this repository is\n  = help: set `repository.url` to the address that Argo CD reads\n',
    ],
    [
      'whose package.json is a folder',
      (folder: string) => {
        rmSync(join(folder, 'package.json'));
        writeAt(folder, 'package.json/x', '');
      },
      `error: there is no package.json in ROOT${help}`,
    ],
  ])('%s', async (_, spoil, said) => {
    const folder = makeCheckout({ 'clusters/home/cluster.yaml': cluster('home') });
    try {
      spoil(folder);
      const before = fingerprint(folder);
      expect(await runCli(['generate-overlay', '--root', folder])).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: said.replace('ROOT', folder),
      });
      expect(fingerprint(folder)).toEqual(before);
    } finally {
      removeCheckout(folder);
    }
  });
});
