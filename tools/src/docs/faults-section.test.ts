import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'prettier';
import { expect, test } from 'vitest';
import type { Report } from '../e2e/report.ts';
import { faultsSection, withFaultsSection } from './faults-section.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const COMMITTED = 'docs/faults-report.json';

test('a row for each fault, with its alert; one without an alert says so', () => {
  const scenario = 'faults';
  const report: Report = {
    environment: 'testbed',
    kubernetes: 'v1.37.2',
    missingImages: [],
    seconds: 1800,
    checks: [
      { scenario, name: 'bootstrap', status: 'passed', seconds: 20 },
      { scenario, name: 'GatewayDown is true, and waits to fire: it is gone', status: 'failed', seconds: 9 },
      { scenario, name: 'the doctor names the cause: it is gone', status: 'passed', seconds: 9 },
      { scenario, name: 'the doctor names the cause: it is open', status: 'failed', seconds: 9 },
    ],
  };
  expect(faultsSection(report).split('\n')).toEqual([
    '| what happened | named  | its alert        | true   |',
    '| ------------- | ------ | ---------------- | ------ |',
    '| it is gone    | passed | `GatewayDown`    | failed |',
    '| it is open    | failed | none tells of it |        |',
    '',
    'The doctor named 1 of 2, and 0 of 1 alerts were true meanwhile; 30 minutes on Kubernetes v1.37.2 (testbed).',
  ]);
});

test('the page has what the committed report says, and of the faults enough are named', async () => {
  const page = read('docs/5-debugging.md');
  expect(existsSync(join(root, COMMITTED))).toBe(true);
  const report = JSON.parse(read(COMMITTED)) as Report;
  expect(page, 'run node tools/src/docs/write-e2e-sections.ts').toBe(withFaultsSection(page, report));
  expect(await check(page, { parser: 'markdown', ...JSON.parse(read('.prettierrc.json')) })).toBe(true);
  const named = report.checks.filter(({ name }) => name.startsWith('the doctor names the cause'));
  expect(named.length).toBeGreaterThanOrEqual(15);
  expect(named.filter(({ status }) => status === 'passed').length).toBeGreaterThanOrEqual(13);
  const healthy = report.checks.filter(({ name }) => name.endsWith('the doctor says nothing'));
  expect(healthy.map(({ status }) => status)).toEqual(['passed', 'passed']);
});
