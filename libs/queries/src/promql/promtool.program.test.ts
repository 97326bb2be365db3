import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixturesIn } from '../testing/fixtures.ts';
import { findProgram, ruleFile, temporaryFolder, unlessFound } from '../testing/programs.ts';
import { promqlQuery } from '../testing/promql-arbitrary.ts';
import { checkPromql } from './check.ts';

const promtool = findProgram('promtool');
const mimirtool = findProgram('mimirtool');
const folder = temporaryFolder('promtool');
const fixtures = (kind: string) => fixturesIn(join(import.meta.dirname, 'fixtures', kind)).map(({ query }) => query);

/** Refused here and taken by promtool, which does not evaluate: Prometheus fails on these at every evaluation. */
const AT_EVALUATION: ReadonlySet<string> = new Set(['invalid-label', 'invalid-replacement-regex']);

/** Here an offset of nothing is an offset: it may not stand twice, nor before a range. To Prometheus it is none. */
const OFFSET_OF_NOTHING = /offset [-+]?0s/;

/** Whether this library refuses what promtool would see. */
function refused(query: string): boolean {
  return checkPromql(query).some(({ id, severity }) => severity === 'error' && !AT_EVALUATION.has(id));
}

/** The queries that promtool refuses, with what it says. */
function refusedByPromtool(queries: readonly string[]): ReadonlyMap<string, string> {
  const path = join(folder, 'rules.yaml');
  writeFileSync(path, ruleFile(queries));
  const run = spawnSync(promtool!, ['check', 'rules', '--lint=none', path], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const found = [...(run.stdout + run.stderr).matchAll(/rule (\d+), "rule:\d+": (.*)/g)];
  expect(run.status).toBe(found.length === 0 ? 0 : 1);
  return new Map(found.map(([, number, message]) => [queries[Number(number) - 1]!, message ?? '']));
}

/** What the two disagree on, as lines for a person. */
function disagreements(queries: readonly string[]): readonly string[] {
  const theirs = refusedByPromtool(queries);
  return queries
    .filter((query) => theirs.has(query) !== refused(query) && !OFFSET_OF_NOTHING.test(query))
    .map(
      (query) => `${query}\n  promtool: ${theirs.get(query) ?? 'taken'}\n  here: ${JSON.stringify(checkPromql(query))}`,
    );
}

describe.skipIf(promtool === undefined)(`promtool${unlessFound('promtool', promtool)}`, () => {
  it('takes and refuses the fixtures as they are sorted', () => {
    const queries = ['valid', 'invalid', 'misleading'].flatMap(fixtures);
    expect(disagreements(queries)).toEqual([]);
    expect(refusedByPromtool(queries).size).toBeGreaterThan(100);
  });

  it('takes and refuses the same of 3,000 queries made by chance', { timeout: 60_000 }, () => {
    const queries = [...new Set(fc.sample(promqlQuery, { numRuns: 3000, seed: 11 }))].filter(
      (query) => query.trim() !== '',
    );
    const refusals = queries.filter(refused).length;
    expect(Math.min(refusals, queries.length - refusals)).toBeGreaterThan(300);
    expect(disagreements(queries).slice(0, 20)).toEqual([]);
  });
});

describe.skipIf(mimirtool === undefined)(`mimirtool${unlessFound('mimirtool', mimirtool)}`, () => {
  const check = (queries: readonly string[]): ReturnType<typeof spawnSync> => {
    const path = join(folder, 'mimir.yaml');
    writeFileSync(path, ruleFile(queries));
    return spawnSync(mimirtool!, ['rules', 'lint', '-n', path], { encoding: 'utf8' });
  };

  it('takes every query that is taken here', () => {
    const run = check([...fixtures('valid'), ...fixtures('misleading')]);
    expect(run.stderr).not.toContain('could not parse');
    expect(run.status).toBe(0);
  });

  it('refuses one that is refused here, so the test above means something', () => {
    expect(check(['rate(up)']).status).not.toBe(0);
  });
});
