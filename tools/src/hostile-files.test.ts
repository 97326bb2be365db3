import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { writeAt } from './testing/checkout.ts';
import { runCli, type Ended } from './testing/cli.ts';
import { checkout } from './testing/rendered.ts';

/**
 * Files that nobody writes and somebody may send, in the place of those of an example: `lint` ends in a finding at
 * the file, in little more time of the processor than without it, and with little memory (`runCli` gives it a heap of
 * 200 MiB).
 */
const BUDGET_SECONDS = 2;
/** The heap, the program itself, and a rendered file of 20 MiB as bytes and as text; a collection may come late. */
const BUDGET_MIB = 400;
const timeout = 240_000;

const MIB = 1024 * 1024;
const OVERLAY = 'overlays/home-lab';
const LOKI = `${OVERLAY}/loki/loki.yaml`;
const RULES = `${OVERLAY}/loki/rules.yaml`;
const DASHBOARD = `${OVERLAY}/loki/dashboard.json`;
const KUSTOMIZATION = `${OVERLAY}/loki/kustomization.yaml`;
const OBJECT = `${OVERLAY}/loki/object.yaml`;
const ALLOY = `${OVERLAY}/alloy/config.alloy`;
const NGINX = `${OVERLAY}/gateway/nginx.conf`;

const fill = (text: string, length: number): string => text.repeat(Math.floor(length / text.length));
const each = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

const bomb = each(30, (level) => {
  const items = level === 0 ? '1' : Array.from({ length: 9 }, () => `*x${level - 1}`).join(', ');
  return `x${level}: &x${level} [${items}]\n`;
});
const rule = (expression: string): string =>
  `groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: ${expression}\n`;
const dashboard = (type: string, ...expr: readonly string[]): string =>
  JSON.stringify({ panels: expr.map((one) => ({ datasource: { type }, targets: [{ expr: one }] })) });
const object = (kind: string, body: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: extra\n  namespace: observability\n${body}`;
const pod = (containers: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: extra\n  namespace: observability\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n${containers}`;

type Case = readonly [name: string, file: string, text: string, rule: string, at: string, message: RegExp];

const CASES: readonly Case[] = [
  [
    'a configuration of 20 MiB in one line',
    LOKI,
    `a: ${fill('x', 20 * MIB)}\n`,
    'unreadable-config-file',
    LOKI,
    /holds/,
  ],
  ['a list of 200,000 items', LOKI, `a:\n${fill('- 1\n', 800_000)}`, 'unreadable-config-file', LOKI, /more lines/],
  ['20,000 keys', LOKI, each(20_000, (n) => `k${n}: a b\n`).repeat(2), 'unreadable-config-file', LOKI, /more lines/],
  ['bottomless lists', LOKI, `a: ${fill('[', 9000)}${fill(']', 9000)}\n`, 'unreadable-config-file', LOKI, /too deep/],
  ['bottomless maps', LOKI, each(900, (n) => `${' '.repeat(n)}a:\n`), 'unreadable-config-file', LOKI, /too deep/],
  ['aliases of aliases', LOKI, bomb, 'unreadable-config-file', LOKI, /repeats itself/],
  [
    'merge keys that take all that was merged before',
    LOKI,
    `a0: &a0 {k0: 1}\n${each(4000, (n) => `a${n + 1}: &a${n + 1} {<<: *a${n}, k${n + 1}: 1}\n`)}`,
    'unreadable-config-file',
    LOKI,
    /merge keys exceeded|repeats itself/,
  ],
  ['a mebibyte of quotes', LOKI, fill('"', MIB), 'unreadable-config-file', LOKI, /not YAML/],
  ['unknown keys by the thousands', LOKI, each(6000, (n) => `key${n}: a b\n`), 'unknown-config-key', LOKI, /key0/],
  [
    'quotes that are escaped and never closed',
    RULES,
    `groups:\n  "${fill('\\"', MIB - 100)}`,
    'unreadable-rule-file',
    RULES,
    /not YAML/,
  ],
  ['a query of 100,000 operands', RULES, rule(`${fill('a + ', 400_000)}a`), 'query-syntax-error', RULES, /characters/],
  [
    'a query of brackets',
    RULES,
    rule(`${fill('(', 30_000)}a${fill(')', 30_000)}`),
    'query-syntax-error',
    RULES,
    /too deep/,
  ],
  [
    'an expression of repeated repetitions',
    RULES,
    rule(`'a{b=~"${fill('(', 20_000)}a${fill(')*', 20_000)}"}'`),
    'invalid-query-selector',
    RULES,
    /RE2/,
  ],
  [
    '20,000 rules',
    RULES,
    `groups:\n  - name: a\n    rules:\n${each(20_000, (n) => `      - {record: a, expr: b${n}}\n`)}`,
    'unreadable-rule-file',
    RULES,
    /more lines/,
  ],
  [
    '10,000 panels',
    DASHBOARD,
    dashboard('prometheus', ...Array.from({ length: 10_000 }, () => 'up')),
    'unreadable-config-file',
    DASHBOARD,
    /more lines/,
  ],
  [
    'variables that are never closed',
    DASHBOARD,
    dashboard('prometheus', fill('${', 40_000)),
    'query-syntax-error',
    DASHBOARD,
    /unexpected/,
  ],
  [
    'a pattern of captures',
    DASHBOARD,
    dashboard('loki', `{a="b"} | pattern "${fill('<a', 20_000)}"`),
    'invalid-query-selector',
    DASHBOARD,
    /./,
  ],
  ['an Alloy file of 5 MiB', ALLOY, fill('loki.write "a" { }\n', 5 * MIB), 'unreadable-config-file', ALLOY, /holds/],
  ['an Alloy file of 600 KiB', ALLOY, fill('loki.write "a" { }\n', 600_000), 'alloy-syntax-error', ALLOY, /at most/],
  ['an Alloy file of escapes', ALLOY, `a = "${fill('\\q', 200_000)}"`, 'alloy-syntax-error', ALLOY, /escape/],
  ['braces of nginx that are never closed', NGINX, fill('${', MIB), 'unreadable-config-file', NGINX, /directives/],
  [
    'an expression of nginx that tries every way to match',
    NGINX,
    readFileSync(join(checkout(), NGINX), 'utf8').replace(
      'server {',
      'server {\nlocation ~ ^(?:[^!]+)+! { proxy_pass http://nowhere.observability.svc:80; }',
    ),
    'unknown-service',
    NGINX,
    /./,
  ],
  [
    'a list of 200,000 values in an object',
    OBJECT,
    object('ConfigMap', `x:\n${fill('- 1\n', 800_000)}`),
    'unreadable-manifest',
    KUSTOMIZATION,
    /50000 values/,
  ],
  [
    '20,000 containers',
    OBJECT,
    pod(each(20_000, (n) => `      - {name: a${n}, image: a}\n`)),
    'unreadable-manifest',
    KUSTOMIZATION,
    /50000 values/,
  ],
  [
    'an object that nests without end',
    OBJECT,
    object('ConfigMap', `x: ${fill('[', 3000)}${fill(']', 3000)}\n`),
    'unreadable-manifest',
    KUSTOMIZATION,
    /maxDepth/,
  ],
  [
    'an annotation of stars',
    OBJECT,
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: extra\n  namespace: observability\n  annotations:\n    argocd.argoproj.io/manifest-generate-paths: /${fill('*', 50_000)}/\nspec: {project: default, source: {path: x, repoURL: y}}\n`,
    'default-project',
    OBJECT,
    /default/,
  ],
  [
    'a kustomization of 100,000 resources',
    KUSTOMIZATION,
    `resources:\n${each(100_000, (n) => `  - ../../../base/x${n}\n`)}`,
    'unreadable-manifest',
    KUSTOMIZATION,
    /characters/,
  ],
  ['a kustomization of aliases', KUSTOMIZATION, bomb, 'kustomize-failed', KUSTOMIZATION, /Kustomize cannot build/],
];

function lint(root: string): Promise<Ended> {
  const args = ['lint', '--cluster=home-lab', '--format=json', `--root=${root}`];
  return runCli(args, { alone: true, killAfterMs: timeout });
}

/** What the same lint takes without any such file, on this machine and as busy as it is. */
let usualSeconds = 0;
beforeAll(async () => {
  const usual = await Promise.all([lint(checkout()), lint(checkout())]);
  usualSeconds = Math.max(...usual.map(({ cpuSeconds }) => cpuSeconds));
}, timeout);

describe.concurrent('lint ends in a finding for', { timeout }, () => {
  test.for(CASES)('%s', async ([, file, text, id, at, message], { expect }) => {
    const root = mkdtempSync(join(tmpdir(), 'lgtm-fleet-hostile-'));
    try {
      for (const part of ['base', 'clusters/home-lab', OVERLAY, 'package.json'])
        cpSync(join(checkout(), part), join(root, part), { recursive: true });
      writeAt(root, file, text);
      const known = readFileSync(join(root, KUSTOMIZATION), 'utf8');
      const named: Readonly<Record<string, readonly [string, string]>> = {
        [OBJECT]: ['resources:\n', '  - object.yaml\n'],
        [RULES]: ['configMapGenerator:\n', '  - name: extra\n    files:\n      - rules.yaml\n'],
        [DASHBOARD]: ['configMapGenerator:\n', '  - name: extra\n    files:\n      - dashboard.json\n'],
      };
      const [key, entry] = named[file] ?? ['', ''];
      if (key !== '') writeAt(root, KUSTOMIZATION, known.replace(key, key + entry));

      const ended = await lint(root);
      expect(ended.stderr).toBe('');
      expect(ended.cpuSeconds - usualSeconds).toBeLessThan(BUDGET_SECONDS);
      expect(ended.peakMiB).toBeLessThan(BUDGET_MIB);
      const { findings } = JSON.parse(ended.stdout) as {
        readonly findings: readonly { readonly rule: string; readonly file: string; readonly message: string }[];
      };
      expect(findings).toContainEqual(
        expect.objectContaining({ rule: id, file: at, message: expect.stringMatching(message) as string }),
      );
      expect(findings.filter(({ rule: found }) => found === 'internal-error')).toEqual([]);
      expect(ended.exitCode).toBe(1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
