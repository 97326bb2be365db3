import { comparer, isBlocking, type Comparison } from '@lgtm-fleet/diff';
import { dependencyWalk, findKustomize, type Kustomize } from '@lgtm-fleet/render';
import { parse } from '@lgtm-fleet/spec';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintWorkspace } from '../workspace/lint-workspace.ts';
import { openCheckout } from '../revisions/folders.ts';
import { readRevisions } from '../revisions/read.ts';
import { isProblem } from '../workspace/problem.ts';
import { clusterTree } from '../workspace/tree.ts';
import { appliedTo, plansOf, type Plan, type Stage } from './stages.ts';
import { read, repository, root } from './pages.ts';

/** The plans for moving live data: a reader who opens one pull request after the other. */

const PAGE = 'docs/migrate.md';
const plans = plansOf(read(PAGE));

let folder = '';
let kustomize: Kustomize;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lgtm-moving-'));
  const found = await findKustomize(process.env);
  if (!found.ok) throw new Error(found.error.message);
  ({ kustomize } = found);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A checkout of the files that people write, and of what is generated from them. */
function checkout(files: ReadonlyMap<string, string>): string {
  const at = mkdtempSync(join(folder, 'checkout-'));
  cpSync(join(root, 'base'), join(at, 'base'), { recursive: true });
  cpSync(join(root, 'package.json'), join(at, 'package.json'));
  const write = ([path, text]: readonly [string, string]): void => {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  };
  [...files].forEach(write);
  const readFile = (path: string) =>
    path.endsWith('.yaml') && existsSync(join(at, path)) ? readFileSync(join(at, path), 'utf8') : undefined;
  for (const [path, text] of [...files].filter(([path]) => path.endsWith('/cluster.yaml'))) {
    const parsed = parse({ path, text });
    if (!parsed.ok) throw new Error(`${path}: ${parsed.diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
    const { cluster } = parsed.value;
    [...clusterTree({ cluster, fleet: [], repository, readFile, walk: dependencyWalk(readFile) })].forEach(write);
  }
  return at;
}

async function compare(base: string, head: string, stage: Stage, today = stage.merged): Promise<Comparison> {
  const both = comparer({ today, approvals: stage.text });
  const tell = (): void => undefined;
  const failed = await readRevisions(openCheckout(base), openCheckout(head), kustomize, undefined, tell, both.add);
  if (failed !== undefined) throw new Error(failed.message);
  return both.compare();
}

const ids = ({ dangers }: Comparison): readonly string[] => dangers.map(({ meta }) => meta.id);
const named = (dangers: Comparison['dangers']): readonly string[] =>
  dangers.map(({ meta, address }) => `${meta.id} ${address}`);

async function findings(at: string): Promise<readonly string[]> {
  const linted = await lintWorkspace({ root: at });
  if (typeof linted === 'number' || isProblem(linted)) throw new Error(`${at} cannot be linted`);
  return linted.findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

/** Checkouts before each stage, and after the last; made one after the other. */
const checkouts = new Map<Plan, readonly string[]>();
function checkoutsOf(plan: Plan): readonly string[] {
  const files = new Map([[plan.path, plan.start]]);
  const made = checkouts.get(plan) ?? [
    checkout(files),
    ...plan.stages.map((stage) => {
      for (const [path, text] of appliedTo(files, stage)) files.set(path, text);
      return checkout(files);
    }),
  ];
  checkouts.set(plan, made);
  return made;
}

describe.each(plans.map((plan) => [plan.name, plan] as const))(`${PAGE}, %s`, (_, plan) => {
  test.each(plan.stages.map((stage, index) => [stage.name, stage, index] as const))(
    '%s: is valid, has no finding, and is judged as the page says',
    { timeout: 120_000 },
    async (_name, stage, index) => {
      const [base = '', head = ''] = checkoutsOf(plan).slice(index);
      if (index === 0) expect(await findings(base)).toEqual([]);
      expect(await findings(head)).toEqual([]);

      const comparison = await compare(base, head, stage);
      expect(comparison.failures).toEqual([]);
      expect(comparison.malformed).toEqual([]);
      expect(comparison.unused).toEqual([]);
      expect(named(comparison.dangers.filter(isBlocking))).toEqual([]);
      for (const { meta } of comparison.dangers.filter((danger) => !danger.meta.blocks))
        expect(stage.prose, meta.id).toContain(`\`${meta.id}\``);
      expect(comparison.changes.length, 'a pull request changes something').toBeGreaterThan(0);
    },
  );
});

test('has a plan for each way, and a pull request for each change of the spec', () => {
  const counts = plans.map(({ name, stages }) => [name, stages.length]);
  expect(Object.fromEntries(counts)).toEqual({
    'Another Prometheus to Mimir': 2,
    'Prometheus of this stack to Mimir': 2,
    'loki-stack to Loki': 2,
    'Files to a bucket': 2,
    'SeaweedFS to a bucket elsewhere': 1,
    'Monolithic to highly available to distributed': 4,
    'Datadog side by side': 1,
  });
});

test('a diff is applied to what is there once, and to nothing else', () => {
  const stage = (diff: string): Stage => {
    const page = `## A plan\n\n\`\`\`yaml clusters/a/cluster.yaml\none: 1\ntwo: 2\n\`\`\`\n\n### A stage\n\n\`\`\`diff clusters/a/cluster.yaml\n${diff}\n\`\`\`\n`;
    return plansOf(page)[0]!.stages[0]!;
  };
  const files = (text: string) => new Map([['clusters/a/cluster.yaml', text]]);
  const applied = (text: string, diff: string) => appliedTo(files(text), stage(diff)).get('clusters/a/cluster.yaml');
  expect(applied('one: 1\ntwo: 2\n', ' one: 1\n-two: 2\n+three: 3')).toBe('one: 1\nthree: 3\n');
  expect(() => applied('one: 1\n', '-two: 2')).toThrow('A stage: its lines are not once in');
  expect(() => applied('one: 1\none: 1\n', ' one: 1\n+two: 2')).toThrow('not once');
});

describe('without its stage', () => {
  const of = (name: string): Plan => plans.find((plan) => plan.name === name)!;
  const first = ({ stages }: Plan): Stage => ({ ...stages[0]!, text: '' });

  test('a store that takes the place of another is a loss of data', { timeout: 60_000 }, async () => {
    const plan = of('Prometheus of this stack to Mimir');
    const [base = '', head = ''] = checkoutsOf(plan);
    const { dangers, unapproved } = await compare(base, head, first(plan));
    expect(unapproved).toBe(2);
    expect(dangers[0]).toMatchObject({
      meta: { id: 'store-replaced' },
      effect: 'data-loss',
      address: 'attic/prometheus',
    });
  });

  test('a schema that begins too soon after the merge is a loss of data', { timeout: 60_000 }, async () => {
    const plan = of('Files to a bucket');
    const [base = '', head = ''] = checkoutsOf(plan);
    const stage = first(plan);
    expect(ids(await compare(base, head, stage))).not.toContain('schema-period-too-soon');
    expect(ids(await compare(base, head, stage, '2026-12-03'))).toContain('schema-period-too-soon');
  });

  test('files that are just left behind are a loss of data', { timeout: 60_000 }, async () => {
    const plan = of('Files to a bucket');
    const [base = ''] = checkoutsOf(plan);
    const unstaged = appliedTo(new Map([[plan.path, plan.start]]), plan.stages[0]!)
      .get(plan.path)!
      .replace(/ {2}logs:\n(?: {4}.*\n)+/, '');
    expect(unstaged).not.toContain('earlierSchemas');
    const { dangers } = await compare(base, checkout(new Map([[plan.path, unstaged]])), first(plan));
    expect(named(dangers)).toContain('schema-period-edited home/loki/2025-01-01');
  });

  test('a schema that is adopted by a Loki with lines of its own is a loss of data', { timeout: 60_000 }, async () => {
    const plan = of('loki-stack to Loki');
    const later = plan.start;
    const before = later.replace(/ {2}logs:\n(?: {4}.*\n)+/, '').replace(', adopts: untenanted', '');
    const [base, head] = [before, later].map((text) => checkout(new Map([[plan.path, text]])));
    expect(ids(await compare(base!, head!, first(plan)))).toContain('schema-period-edited');
  });
});
