import { expect, it } from 'vitest';
import { countingReporter } from './reporter.ts';

type End = NonNullable<ReturnType<typeof countingReporter>['onTestRunEnd']>;

/** What the reporter looks at in a file: states of its tests, its own errors, those of its suites. */
interface File {
  readonly states: readonly string[];
  readonly errors?: number;
  readonly suiteErrors?: number;
}

async function lastLine(files: readonly File[], unhandled = 0): Promise<string> {
  const lines: string[] = [];
  const errors = (count = 0): unknown[] => Array.from({ length: count }, () => ({}));
  const modules = files.map((file) => ({
    errors: () => errors(file.errors),
    children: {
      allTests: () => file.states.map((state) => ({ result: () => ({ state }) })),
      allSuites: () => [{ errors: () => errors(file.suiteErrors) }],
    },
  }));
  const reporter = countingReporter((line) => lines.push(line));
  await reporter.onTestRunEnd?.(
    modules as unknown as Parameters<End>[0],
    errors(unhandled) as Parameters<End>[1],
    'passed',
  );
  return lines.join('\n');
}

it('counts what passed and what failed', async () => {
  expect(await lastLine([{ states: ['passed', 'failed'] }, { states: ['passed'] }])).toBe('2 passed, 1 failed');
  expect(await lastLine([])).toBe('0 passed, 0 failed');
});

it('names what was skipped only where something was', async () => {
  expect(await lastLine([{ states: ['passed', 'skipped', 'pending'] }])).toBe('1 passed, 0 failed, 2 skipped');
});

it('counts a file, a suite and an unhandled error that failed outside the tests', async () => {
  expect(await lastLine([{ states: [], errors: 2 }], 1)).toBe('0 passed, 2 failed');
  expect(await lastLine([{ states: ['passed'], suiteErrors: 1 }])).toBe('1 passed, 1 failed');
});
