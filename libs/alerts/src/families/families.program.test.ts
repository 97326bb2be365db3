import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { ruleFiles, type RuleFile } from '../rule-files.ts';
import { testedPlans, testsOf } from '../testing/plans.ts';
import { families } from './index.ts';

/** The rules as the real Prometheus reads and evaluates them. */

const promtool = findProgram('promtool');
const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-alerts-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function says(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(promtool ?? '', args, { encoding: 'utf8', cwd: folder });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** JSON is YAML. Tests compare of the annotations what somebody reads first. */
function write(name: string, { value }: RuleFile, annotations: readonly string[]): void {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key === 'annotations'
      ? Object.fromEntries(Object.entries(inner as object).filter(([annotation]) => annotations.includes(annotation)))
      : inner,
  );
  writeFileSync(join(folder, name), text);
}

const promql = families.filter(({ evaluators }) => evaluators.some((evaluator) => evaluator !== 'logs'));

describe.skipIf(promtool === undefined)(`promtool${unlessFound('promtool', promtool)}`, () => {
  it.each(
    testedPlans().flatMap((plan) =>
      ruleFiles(plan)
        .filter(({ evaluator }) => evaluator !== 'logs')
        .map((file) => [`${plan.cluster}, ${file.evaluator}, ${file.tenant ?? 'nobody'}: ${file.name}`, file] as const),
    ),
  )('takes the rules of %s', (_, file) => {
    write('checked.yaml', file, ['summary', 'description', 'runbook_url']);
    expect(says('check', 'rules', '--lint=all', '--lint-fatal', 'checked.yaml')).toBe('');
  });

  it.each(promql.map(({ name }) => name))('the alerts of %s fire when they should', { timeout: 120_000 }, (name) => {
    // Of a family that the example does not have, its tests name another cluster: `tests.<cluster>.yaml`.
    const tests = testedPlans().flatMap((plan) => {
      const path = join(import.meta.dirname, name, testsOf(plan));
      return existsSync(path) ? [{ plan, path }] : [];
    });
    expect(tests.length).toBeGreaterThan(0);
    for (const { plan, path } of tests) {
      const file = ruleFiles(plan).find((one) => one.name === name && one.evaluator !== 'logs');
      if (file === undefined) throw new Error(`${plan.cluster} has no rules ${name}`);
      write(`${name}.yaml`, file, ['summary']);
      copyFileSync(path, join(folder, 'tests.yaml'));
      expect(says('test', 'rules', 'tests.yaml')).toBe('');
    }
  });
});
