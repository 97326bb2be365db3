import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixturesIn } from '../testing/fixtures.ts';
import { logqlQuery } from '../testing/logql-arbitrary.ts';
import { findProgram, ruleFile, temporaryFolder, unlessFound } from '../testing/programs.ts';
import { checkLogql } from './check.ts';

const lokitool = findProgram('lokitool');
const folder = temporaryFolder('lokitool');
const fixtures = (kind: string) => fixturesIn(join(import.meta.dirname, 'fixtures', kind)).map(({ query }) => query);

/** Refused here and taken by lokitool, which reads but does not run: Loki fails on these when it first runs them. */
const WHEN_RUN: ReadonlySet<string> = new Set([
  'invalid-line-regex',
  'invalid-line-pattern',
  'invalid-filter',
  'format-twice',
]);

function refused(query: string): boolean {
  return checkLogql(query).some(({ id, severity }) => severity === 'error' && !WHEN_RUN.has(id));
}

/** Whether lokitool takes a file with these rules; it names the first wrong one only. */
function lint(queries: readonly string[]): { readonly taken: boolean; readonly said: string } {
  const path = join(folder, 'rules.yaml');
  writeFileSync(path, ruleFile(queries));
  const run = spawnSync(lokitool!, ['rules', 'lint', '-n', path], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { taken: run.status === 0, said: run.stderr };
}

/** Queries that are taken here and refused there, found by halves. */
function refusedThere(queries: readonly string[]): readonly string[] {
  if (queries.length === 0) return [];
  const { taken, said } = lint(queries);
  if (taken) return [];
  if (queries.length === 1) return [`${queries[0]!}\n  lokitool: ${said}`];
  const half = Math.ceil(queries.length / 2);
  return [...refusedThere(queries.slice(0, half)), ...refusedThere(queries.slice(half))];
}

describe.skipIf(lokitool === undefined)(`lokitool${unlessFound('lokitool', lokitool)}`, () => {
  it('takes every fixture that is taken here', () => {
    expect(refusedThere(fixtures('valid'))).toEqual([]);
  });

  it.each(fixtures('invalid').filter(refused))('refuses %s', (query) => {
    expect(lint([query]).taken).toBe(false);
  });

  it('takes and refuses the same of queries made by chance', { timeout: 60_000 }, () => {
    const queries = [...new Set(fc.sample(logqlQuery, { numRuns: 3000, seed: 7 }))];
    const taken = queries.filter((query) => !refused(query));
    expect(taken.length).toBeGreaterThan(100);
    expect(refusedThere(taken).slice(0, 10)).toEqual([]);
    const takenThere = queries
      .filter(refused)
      .slice(0, 30)
      .filter((query) => lint([query]).taken);
    expect(takenThere).toEqual([]);
  });
});
