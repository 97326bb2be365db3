import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BURST, derivedLimit } from '@lgtm-fleet/spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../testing/cli.ts';
import { fencesOf, plans, proseOf, read, root, sample, toolTargets } from './pages.ts';

const PAGE = 'docs/tenants.md';

/** A copy of what the commands read and write, so that they may do their work. */
let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lgtm-docs-'));
  for (const path of ['package.json', 'base', 'clusters', 'overlays', 'schemas/cluster.schema.json'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=reader', '-c', 'user.email=reader@example.com', ...args], { cwd: copy });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  git('commit', '--quiet', '--allow-empty', '--message=second');
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe(PAGE, () => {
  const commands = fencesOf(PAGE).flatMap(({ language, text }) => (language === 'sh' ? text.trim().split('\n') : []));

  test.each(commands)('%s runs in a copy', { timeout: 120_000 }, async (line) => {
    const [, target = '', rest = ''] = /^npx nx run tools:([a-z0-9-]+)(.*)$/.exec(line) ?? [];
    const [node, , ...own] = (toolTargets[target]?.command ?? '').split(' ');
    expect(node, line).toBe('node');
    const args = [...own, ...rest.split(' ').filter((word) => word !== ''), '--root', copy];
    expect(await runCli(args, { cwd: copy, killAfterMs: 100_000 })).toMatchObject({ exitCode: 0 });
  });

  const prod = plans.find(({ cluster }) => cluster === 'prod-eu')!;
  const rows = [
    ...read(PAGE).matchAll(/^\| `(tenants\[\]\.\w+|readers|selfMonitoring)` +\| (.+?) +\| (.+?) +\|$/gm),
  ].map(([, key = '', becomes = '', files = '']) => ({ key, becomes, files }));

  test('names files that there are, and keys of programs that are in them', () => {
    const words = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
    expect(rows.length).toBeGreaterThanOrEqual(9);
    let named: readonly string[] = [];
    for (const { key, becomes, files } of rows) {
      const own = words(files).filter((file) => file.includes('/'));
      if (own.length > 0) named = own;
      for (const file of own) expect(existsSync(join(root, 'overlays/prod-eu', file)), `${key}: ${file}`).toBe(true);
      const texts = (own.length > 0 ? own : named).map((file) =>
        readFileSync(join(root, 'overlays/prod-eu', file), 'utf8'),
      );
      for (const word of words(becomes).filter((one) => one.includes('_')))
        expect(
          texts.some((text) => text.includes(word)),
          `${key}: ${word}`,
        ).toBe(true);
    }
  });

  test('has the example beside a limit as the file has it', () => {
    const [, said = ''] = /`(# spec\.tenants payments\.limits\.logs: [^`]+)`/.exec(read(PAGE)) ?? [];
    expect(readFileSync(join(root, 'overlays/prod-eu/loki/overrides.yaml'), 'utf8')).toContain(said);
    expect(said).not.toBe('');
  });

  test('says the limits that the plan makes', () => {
    const small = sample('objectStorage: { seaweedfs: {} }').spec;
    expect(proseOf(PAGE)).toContain('1.5 times the series, twice the logs and traces');
    expect(BURST).toEqual({ activeSeries: 1.5, logs: 2, traces: 2 });
    expect(proseOf(PAGE)).toContain('150,000 series, 4 MB/s and 1 MB/s');
    expect(derivedLimit(small, 'activeSeries', 0)).toBe(150_000);
    expect(derivedLimit(small, 'logs', 0)).toBe(4e6);
    expect(derivedLimit(small, 'traces', 0)).toBe(1e6);
  });

  test('names what old data is called, and the namespaces of the stack', () => {
    const [first, own] = [prod.tenants[0]!, prod.tenants.find((tenant) => tenant.own)!];
    for (const id of [...Object.values(first.adopts!), ...own.namespaces]) expect(proseOf(PAGE)).toContain(`\`${id}\``);
  });

  test('names dangers that `tools:diff` knows', () => {
    const classes = join(root, 'libs/diff/src/classes');
    for (const danger of ['tenant-removed', 'storage-location-changed', 'tenancy-switched']) {
      expect(proseOf(PAGE)).toContain(`\`${danger}\``);
      expect(existsSync(join(classes, danger, 'class.ts'))).toBe(true);
    }
  });
});
