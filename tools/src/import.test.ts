import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCheckout, removeCheckout, writeAt } from './testing/checkout.ts';
import { runCli } from './testing/cli.ts';

const FIXTURES = join(import.meta.dirname, '../../libs/imports/src/kinds/prometheus/fixtures');
const SIXTY = join(FIXTURES, 'sixty-jobs/input');

let root = '';
beforeAll(() => {
  root = makeCheckout({});
  cpSync(join(import.meta.dirname, '../../base'), join(root, 'base'), { recursive: true });
});
afterAll(() => {
  removeCheckout(root);
});

const importOf = (from: string, cluster: string, ...others: readonly string[]) =>
  runCli(['import', `--from=${from}`, '--as=prometheus', `--cluster=${cluster}`, `--root=${root}`, ...others]);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('tools:import', () => {
  test('says within seconds what would come along of sixty jobs, and writes nothing when only asked', async () => {
    const { exitCode, stdout, stderr, cpuSeconds } = await importOf(SIXTY, 'asked', '--dry-run');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('--- clusters/asked/cluster.yaml\n');
    expect(stdout).toContain('--- clusters/asked/import/prometheus/report.md\n');
    expect(stdout).toMatch(/\n497 keys: \d+ carried over, \d+ changed, \d+ not possible\n/);
    expect(existsSync(join(root, 'clusters/asked'))).toBe(false);
    // A quarter of an hour is for reading it.
    expect(cpuSeconds).toBeLessThan(20);
  });

  test('writes a cluster file that generates, its rules, and the report', async () => {
    // Of kinds of sources that the plan reads alike everywhere.
    const from = join(root, 'inputs/office');
    cpSync(join(FIXTURES, 'office/input'), from, { recursive: true });
    const plain = readFileSync(join(from, 'prometheus.yml'), 'utf8').replace(/ {2}- job_name: shop\n[^]*?\n\n/, '');
    writeFileSync(join(from, 'prometheus.yml'), plain);
    const { exitCode, stdout } = await importOf(from, 'office');
    expect(exitCode).toBe(1);
    expect(stdout.split('\n').filter((line) => line.startsWith('wrote '))).toEqual([
      'wrote clusters/office/cluster.yaml',
      'wrote clusters/office/rules/office.yaml',
      'wrote clusters/office/import/prometheus/report.md',
      'wrote clusters/office/import/prometheus/report.json',
    ]);
    const report = JSON.parse(text('clusters/office/import/prometheus/report.json')) as {
      readonly entries: readonly object[];
    };
    expect(stdout).toContain(`${String(report.entries.length)} keys: `);
    expect(await runCli(['generate-overlay', '--cluster=office', '--root', root])).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(text('overlays/office/alloy-sources/config.alloy')).toContain('"10.0.0.11:9100"');
  });

  test('writes over nothing', async () => {
    const from = join(FIXTURES, 'office/input');
    const before = text('clusters/office/cluster.yaml');
    expect(await importOf(from, 'office')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is there already\n  = help: nothing was written') as string,
    });
    expect(text('clusters/office/cluster.yaml')).toBe(before);
    // Where there is a cluster already, the draft lies beside its report.
    writeAt(root, 'clusters/there/cluster.yaml', 'by hand\n');
    const { stdout } = await importOf(from, 'there');
    expect(stdout).toContain('wrote clusters/there/import/prometheus/cluster.yaml\n');
    expect(text('clusters/there/cluster.yaml')).toBe('by hand\n');
  });

  test('ends with 0 where everything comes along', async () => {
    writeAt(
      root,
      'inputs/small.yml',
      "scrape_configs:\n  - job_name: node\n    static_configs: [{ targets: ['10.0.0.1:9100'] }]\n",
    );
    expect(await importOf(join(root, 'inputs/small.yml'), 'small')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('writes nothing of what it cannot read, and shows the place', async () => {
    const { exitCode, stderr } = await importOf(join(FIXTURES, 'broken-yaml/input'), 'broken');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error[unreadable-input]: it is not YAML');
    expect(stderr).toContain('--> prometheus.yml:7:3\n');
    expect(stderr).toContain('so nothing was written');
    expect(existsSync(join(root, 'clusters/broken'))).toBe(false);
  });

  test('has a line for every file that is none of text', async () => {
    const from = join(root, 'inputs/odd');
    mkdirSync(from, { recursive: true });
    writeFileSync(
      join(from, 'prometheus.yml'),
      "\ufeffscrape_configs:\n  - job_name: node\n    static_configs: [{ targets: ['10.0.0.1:9100'] }]\n",
    );
    writeFileSync(join(from, 'utf16.yml'), Buffer.from('\ufeffa: 1', 'utf16le'));
    writeFileSync(join(from, 'binary'), Buffer.from([0, 1, 2]));
    writeFileSync(join(from, 'large.yml'), Buffer.alloc(2 ** 20 + 1, 97));
    symlinkSync('/etc/passwd', join(from, 'link.yml'));
    const { exitCode, stdout } = await importOf(from, 'odd', '--dry-run', '--format=json');
    expect(exitCode).toBe(1);
    const { entries } = JSON.parse(stdout) as {
      readonly entries: readonly { readonly file: string; readonly note?: string }[];
    };
    const notes = Object.fromEntries(entries.map(({ file, note }) => [file, note]));
    expect(notes['utf16.yml']).toMatch(/UTF-16/);
    expect(notes['binary']).toMatch(/binary/);
    expect(notes['large.yml']).toMatch(/1 MiB/);
    expect(notes['link.yml']).toMatch(/symbolic link/);
  });

  test.each([
    ['a kind that is none', ['--as=nagios'], 'error: --as is '],
    ['a name that is none', ['--cluster=../evil'], 'error: --cluster is lower-case'],
    ['a format that is none', ['--format=xml'], 'error: --format is pretty, markdown, json'],
    ['an input that is not there', ['--from=/nowhere/at-all'], 'error: there is no file or folder /nowhere/at-all'],
  ])('refuses %s', async (_, args, said) => {
    const { exitCode, stderr } = await runCli([
      'import',
      `--from=${SIXTY}`,
      '--as=prometheus',
      '--cluster=x',
      `--root=${root}`,
      ...args,
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(said);
  });
});
