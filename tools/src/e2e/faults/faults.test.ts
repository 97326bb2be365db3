import { ruleFiles } from '@lgtm-fleet/alerts';
import { checks } from '@lgtm-fleet/doctor';
import { runbooksOf } from '@lgtm-fleet/runbooks';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFleet } from '../../workspace/clusters.ts';
import { planOf } from '../../workspace/tree.ts';
import { faults } from './index.ts';
import { ringGhost } from './ring-ghost.ts';

const root = join(import.meta.dirname, '../../../..');
const [cluster] = loadFleet(join(root, 'tools/fixtures/e2e/faults')).clusters.map((one) => one.cluster);
if (cluster === undefined) throw new Error('the fixture has no cluster');
const plan = planOf({ cluster, fleet: [cluster], repository: 'https://example.com/fleet.git' });

interface Groups {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert?: string; readonly annotations?: Readonly<Record<string, string>> }[];
  }[];
}

/** The page that each alert of the cluster links to. */
const pages = new Map(
  ruleFiles(plan)
    .flatMap(({ value }) => (value as unknown as Groups).groups)
    .flatMap(({ rules }) => rules)
    .flatMap(({ alert, annotations }) =>
      alert === undefined
        ? []
        : [[alert, annotations?.['runbook_url']?.split('/').at(-1)?.replace('.md', '')] as const],
    ),
);

const textOf = (page: string): string => readFileSync(join(root, 'docs/runbooks', `${page}.md`), 'utf8');

test('there are at least fifteen that an alert tells of, and each has another name', () => {
  expect(faults.filter(({ alert }) => alert !== undefined).length).toBeGreaterThanOrEqual(15);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

test.each([...faults, ringGhost].map((fault) => [fault.name, fault] as const))(
  '%s: from its alert to the page of its cause it is one link at most',
  (_, { alert, cause }) => {
    const named = cause.checks.map((id) => checks.find((check) => check.id === id)?.runbook);
    const known: readonly string[] = runbooksOf(plan);
    for (const page of named) expect(known).toContain(page);
    if (alert === undefined) return;
    const page = pages.get(alert.name) ?? '';
    expect(known).toContain(page);
    const linked = [...textOf(page).matchAll(/\(([a-z-]+)\.md\)/g)].map(([, name]) => name);
    for (const one of named) expect([page, ...linked]).toContain(one);
  },
);
