import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runCli, type Ended } from './testing/cli.ts';
import { checkout } from './testing/rendered.ts';

const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-lint-'));
const PARTS = ['base', 'clusters', 'overlays', 'package.json'];
const changed = new Map<string, string>();
const timeout = 120_000;

beforeAll(() => {
  for (const part of PARTS) cpSync(join(checkout(), part), join(root, part), { recursive: true });
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: root });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=sound');
});

afterEach(() => {
  for (const [path, text] of changed) writeFileSync(join(root, path), text);
  changed.clear();
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function lint(...args: readonly string[]): Promise<Ended> {
  return runCli(['lint', '--cluster=home-lab', ...args, `--root=${root}`], { killAfterMs: timeout });
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Changes a file until the end of the test. */
function change(path: string, from: string, to: string): void {
  const text = read(path);
  expect(text).toContain(from);
  changed.set(path, text);
  writeFileSync(
    join(root, path),
    text.replace(from, () => to),
  );
}

const GATEWAY = 'base/gateway/deployment.yaml';
const escalate = (): void => {
  change(GATEWAY, 'allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true');
};

describe('nx run tools:lint', { timeout }, () => {
  test('ends with 0 where nothing is found', async () => {
    const { exitCode, stdout } = await lint();
    expect(stdout).toMatch(/^no findings \(\d+ rules checked\)\n$/);
    expect(exitCode).toBe(0);
  });

  test('ends with 1 and the line to edit where something is', async () => {
    escalate();
    const line =
      read(GATEWAY)
        .split('\n')
        .findIndex((text) => text.includes('allowPrivilegeEscalation')) + 1;
    const { exitCode, stdout } = await lint();
    expect(stdout).toContain('error[privilege-escalation]');
    expect(stdout).toContain(`--> ${GATEWAY}:${String(line)}:`);
    expect(exitCode).toBe(1);
  });

  test.each([
    [
      'json',
      (text: string) => {
        expect((JSON.parse(text) as { findings: unknown[] }).findings).toHaveLength(1);
      },
    ],
    [
      'sarif',
      (text: string) => {
        expect((JSON.parse(text) as { version: string }).version).toBe('2.1.0');
      },
    ],
    [
      'github',
      (text: string) => {
        expect(text).toMatch(/^::error file=base\/gateway\/deployment\.yaml,line=\d+/);
      },
    ],
    [
      'junit',
      (text: string) => {
        expect(text).toMatch(/^<\?xml/);
      },
    ],
    [
      'markdown',
      (text: string) => {
        expect(text).toContain('privilege-escalation');
      },
    ],
  ])('says the same as %s', async (format, check) => {
    escalate();
    const { exitCode, stdout } = await lint(`--format=${format}`);
    check(stdout);
    expect(exitCode).toBe(1);
  });

  test('--output writes more formats in the same run', async () => {
    escalate();
    const file = (name: string): string => join(root, '..', `${basename(root)}-${name}`);
    const [sarif, junit] = [file('a=b.sarif'), file('junit.xml')];
    const { exitCode, stdout } = await lint('--format=github', `--output=sarif=${sarif}`, `--output=junit=${junit}`);
    try {
      expect(stdout).toMatch(/^::error file=base\/gateway\/deployment\.yaml/);
      expect(readFileSync(sarif, 'utf8')).toBe((await lint('--format=sarif')).stdout);
      expect(readFileSync(junit, 'utf8')).toMatch(/^<\?xml/);
      expect(exitCode).toBe(1);
    } finally {
      for (const path of [sarif, junit]) rmSync(path, { force: true });
    }
  });

  test('--fix mends what is safe to mend, and nothing beside it', async () => {
    const sound = read(GATEWAY);
    escalate();
    const { exitCode, stdout, stderr } = await lint('--fix');
    expect(stderr).toContain(`mended ${GATEWAY}`);
    expect(stdout).toContain('no findings');
    expect(exitCode).toBe(0);
    expect(read(GATEWAY)).toBe(sound);
  });

  test('--fix leaves alone what may be meant', async () => {
    change(GATEWAY, 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false');
    const broken = read(GATEWAY);
    expect((await lint('--fix')).exitCode).toBe(1);
    expect(read(GATEWAY)).toBe(broken);
  });

  test('--base finds what only a change breaks', async () => {
    const file = 'overlays/home-lab/loki/loki.yaml';
    change(file, 'prefix: index_', 'prefix: other_');
    expect((await lint('--base=HEAD')).stdout).toContain('error[schema-changed]');
    expect((await lint()).stdout).not.toContain('schema-changed');
  });

  test('a folder that cannot be built is a finding, and the others are looked at', async () => {
    change('overlays/home-lab/loki/kustomization.yaml', 'resources:', 'resources: [*nothing]\nothers:');
    escalate();
    const { exitCode, stdout } = await lint();
    expect(stdout).toContain('overlays/home-lab/loki/kustomization.yaml');
    expect(stdout).toContain('kustomize-failed');
    expect(stdout).toContain('privilege-escalation');
    expect(exitCode).toBe(1);
  });

  test.each([
    ['a format that there is not', ['--format=xml'], 'there is no format'],
    ['a report in no format', ['--output=xml=x'], 'names no format and file'],
    ['a report in no file', ['--output=sarif'], 'names no format and file'],
    ['a report in a folder that there is not', ['--output=sarif=/nowhere/x'], 'cannot be written'],
    ['a revision that there is not', ['--base=nowhere'], 'nowhere'],
    ['a revision that is an option', ['--base=--output=x'], '--output=x'],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { exitCode, stderr } = await lint(...args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
