import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lintFixture } from '@lgtm-fleet/lint/testing';
import type { Rule } from '@lgtm-fleet/lint';
import { afterAll, expect, test } from 'vitest';
import { runCli } from './testing/cli.ts';
import { checkout } from './testing/rendered.ts';

const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-new-rule-'));
for (const part of ['libs/lint', 'clusters', 'package.json'])
  cpSync(join(checkout(), part), join(root, part), { recursive: true });
symlinkSync(join(checkout(), 'node_modules'), join(root, 'node_modules'));
const folder = join(root, 'libs/lint/src/rules/open-node-port');

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test('a new rule is one folder, an entry of the index, and its page', async () => {
  const { exitCode, stdout } = await runCli(['new-rule', '--id=open-node-port', '--family=network', `--root=${root}`]);
  expect(stdout).toContain('wrote libs/lint/src/rules/open-node-port');
  expect(exitCode).toBe(0);
  expect(readFileSync(join(root, 'libs/lint/src/rules/index.ts'), 'utf8')).toContain('openNodePort,');
  expect(existsSync(join(root, 'docs/rules/open-node-port.md'))).toBe(true);
  const again = await runCli(['generate-rules', '--check', `--root=${root}`]);
  expect(again.exitCode).toBe(0);
});

test('it fires on its one fixture and is silent on the other', async () => {
  const { rule } = (await import(pathToFileURL(join(folder, 'rule.ts')).href)) as { readonly rule: Rule };
  const findings = (file: string): number =>
    lintFixture(rule, readFileSync(join(folder, 'fixtures', file), 'utf8')).findings.length;
  expect(findings('invalid/on-every-node.yaml')).toBe(1);
  expect(findings('valid/inside.yaml')).toBe(0);
});

test('a name that is no id, a family that is none, and a rule that is there are refused', async () => {
  const say = async (id: string, family: string): Promise<string> => {
    const { exitCode, stderr } = await runCli(['new-rule', `--id=${id}`, `--family=${family}`, `--root=${root}`]);
    expect(exitCode).not.toBe(0);
    return stderr;
  };
  expect(await say('../evil', 'network')).toContain('is no id of a rule');
  expect(await say('open-node-ports', 'networks')).toContain('there is no family');
  expect(await say('open-node-port', 'network')).toContain('is there already');
});
