import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line, `12 passed, 0 failed, 1 skipped`, which any CI can read.
 * A file that fails outside its tests, and an error outside every file, count as one failure each.
 */
export function countingReporter(write: (line: string) => void = console.log): Reporter {
  return {
    onTestRunEnd: (modules, errors) => {
      const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
      const count = (state: string): number => states.filter((other) => other === state).length;
      const failed = count('failed') + modules.filter(failedOutsideTests).length + errors.length;
      const skipped = count('skipped') + count('pending');
      write(
        `${String(count('passed'))} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`,
      );
    },
  };
}

function failedOutsideTests(module: TestModule): boolean {
  const suites = [...module.children.allSuites()];
  return module.errors().length > 0 || suites.some((suite) => suite.errors().length > 0);
}
