import { accountsOf } from '@lgtm-fleet/plan';
import { rules } from '@lgtm-fleet/lint';
import { namespacedKinds, namespaces } from '@lgtm-fleet/overlay';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../e2e/report.ts';
import { runCli } from '../testing/cli.ts';
import { fencesOf, plans, proseOf, read, root, toolTargets } from './pages.ts';

/** The page of security names rules, files, tests and checks: all of them are there. */

const PAGE = 'docs/security.md';
const prose = proseOf(PAGE);
const EXAMPLE = 'overlays/prod-eu';

interface Row {
  readonly who: string;
  readonly heldBy: string;
  readonly shownBy: string;
}
const [, threats = ''] = prose.split('| who could ');
const rows = threats
  .split('\n\n')[0]!
  .split('\n')
  .slice(2)
  .map((line): Row => {
    const [who = '', , heldBy = '', shownBy = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { who, heldBy, shownBy };
  });

/** Titles of what an end-to-end run checks, as they stand in its sources. */
const E2E = ['tools/src/e2e/scenario.ts', ...below('tools/src/e2e/scenarios')].map(read).join('\n');
const known = new Set(rules.map(({ meta }) => meta.id));

function below(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
}
const words = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const there = (path: string): boolean => existsSync(join(root, path));

describe.each(rows)('$who', ({ heldBy, shownBy }) => {
  test('is held by rules and files that there are', () => {
    const named = [...heldBy.matchAll(/\[([a-z0-9-]+)\]\(rules\/([a-z0-9-]+)\.md\)/g)];
    for (const [, id = '', page] of named) expect([known.has(id), page], id).toEqual([true, id]);
    const files = words(heldBy);
    for (const file of files) expect(there(file) || there(join(EXAMPLE, file)), file).toBe(true);
    expect(named.length + files.length).toBeGreaterThan(0);
  });

  test('is shown by a test that there is', () => {
    const tests = words(shownBy);
    for (const file of tests) expect([file.endsWith('.test.ts'), there(file)], file).toEqual([true, true]);
    expect(tests.length).toBeGreaterThan(0);
  });
});

describe(PAGE, () => {
  test('has a row for each of what somebody could do', () => {
    expect(rows.length).toBeGreaterThanOrEqual(18);
    const verbs = rows.flatMap(({ who }) => /^\*\*(\w+)/.exec(who)?.[1] ?? []);
    expect(verbs).toEqual(['read', 'spoof', 'delete', 'flood', 'take']);
  });

  test('names checks that an end-to-end run has', () => {
    const titles = [...prose.matchAll(/«([^»]+)»/g)].map(([, title = '']) => title);
    expect(titles.filter((title) => title.includes(' ')).length).toBeGreaterThan(10);
    for (const title of titles.filter((one) => one !== '')) expect(E2E).toContain(`'${title}'`);
  });

  const report = 'docs/e2e-report.json';
  test.skipIf(!there(report))(`says at its end what has not passed on a cluster, by ${report}`, () => {
    const { checks } = JSON.parse(read(report)) as Report;
    const [said = '', unproven = ''] = prose.split('## What is not proven, or not done');
    const titlesIn = (text: string) => new Set([...text.matchAll(/«([^»]+ [^»]+)»/g)].map(([, title = '']) => title));
    const passed = (title: string) => {
      const own = checks.filter(({ name }) => name === title);
      return own.length > 0 && own.every(({ status }) => status === 'passed');
    };
    const [shown, atTheEnd] = [titlesIn(said), titlesIn(unproven)];
    expect([...shown].filter((title) => !passed(title) && !atTheEnd.has(title))).toEqual([]);
    expect([...atTheEnd].filter(passed), 'these have passed by now').toEqual([]);
  });

  test('names the accounts that have rights, and no other', () => {
    const [, named = ''] = /Four accounts have any: ([^.]+)\./.exec(prose) ?? [];
    const withRights = plans.flatMap((plan) => accountsOf(plan).filter((account) => account.rules.length > 0));
    expect(words(named)).toEqual([...new Set(withRights.map(({ name }) => name))].toSorted());
  });

  test('says of the project what it is', () => {
    expect(prose).toContain('Secrets are not among the kinds that the project of the components may sync.');
    expect(namespacedKinds.map(({ kind }) => kind)).not.toContain('Secret');
    expect(prose).toContain('into three namespaces');
    expect(namespaces).toHaveLength(3);
  });

  const commands = fencesOf(PAGE).flatMap(({ language, text }) => (language === 'sh' ? text.trim().split('\n') : []));
  test.each(commands)('%s runs here, and changes nothing', { timeout: 120_000 }, async (line) => {
    const [, target = ''] = /^npx nx run tools:(lint)$/.exec(line) ?? [];
    const [node, , ...own] = (toolTargets[target]?.command ?? '').split(' ');
    expect(node, line).toBe('node');
    expect(await runCli([...own, '--root', root], { cwd: root, killAfterMs: 100_000 })).toMatchObject({ exitCode: 0 });
  });
});
