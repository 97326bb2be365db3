import { expect, test } from 'vitest';
import { passed, table, type CheckResult, type Report } from './report.ts';

function report(...checks: readonly CheckResult[]): Report {
  return { environment: 'a cluster', kubernetes: 'v1.36.3', missingImages: [], seconds: 61.2, checks };
}
const good: CheckResult = {
  scenario: 'single',
  name: 'metrics',
  status: 'passed',
  seconds: 1.25,
  counts: { pushed: 10, acknowledged: 9, readBack: 9, lost: 0 },
};
const unrun: CheckResult = { scenario: 'single', name: 'traces', status: 'not run', seconds: 0, detail: 'no Tempo' };
const bad: CheckResult = { scenario: 'single', name: 'logs', status: 'failed', seconds: 2, detail: '3 lines lost' };

test('a check that did not run is not counted as passed, and alone is no success', () => {
  expect(passed(report(good, unrun))).toBe(true);
  expect(passed(report(unrun))).toBe(false);
  expect(passed(report())).toBe(false);
  expect(passed(report(good, bad))).toBe(false);
});

test('the table has the counts, the reasons, and a line that sums up', () => {
  expect(table(report(good, unrun, bad)))
    .toBe(`scenario  check    result   seconds  pushed  acknowledged  read back  lost
single    metrics  passed       1.3      10             9          9     0
single    traces   not run      0.0
single    logs     failed       2.0

not run: single, traces: no Tempo
failed: single, logs: 3 lines lost

1 passed, 1 failed, 1 not run in 61 s on Kubernetes v1.36.3 (a cluster)`);
});
