import { complain } from '../console.ts';
import type { CheckResult, Counts } from './report.ts';

/** What a check says when it has seen what it should. */
export interface Seen {
  readonly counts?: Counts;
  readonly detail?: string;
}

export interface Checks {
  readonly results: readonly CheckResult[];
  /** Runs one check; whatever it throws makes it fail, and the next ones go on. */
  readonly run: (name: string, check: () => Promise<Seen>) => Promise<boolean>;
  readonly skip: (name: string, why: string) => void;
}

/** A failure with its numbers. */
export interface Shortfall extends Error {
  readonly counts: Counts;
}

export function shortfall(message: string, counts: Counts): Shortfall {
  return Object.assign(new Error(message), { counts });
}

/** Collects the results of one scenario, and tells each as it comes. */
export function checksOf(scenario: string): Checks {
  const results: CheckResult[] = [];
  const add = (result: CheckResult): void => {
    results.push(result);
    const said = result.detail === undefined ? '' : `: ${result.detail}`;
    complain(`${scenario}: ${result.name}: ${result.status} (${result.seconds.toFixed(1)} s)${said}`);
  };
  return {
    results,
    run: async (name, check) => {
      const start = performance.now();
      const seconds = (): number => (performance.now() - start) / 1000;
      try {
        const seen = await check();
        add({ scenario, name, status: 'passed', seconds: seconds(), ...seen });
        return true;
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        const counts = error instanceof Error && 'counts' in error ? (error as Shortfall).counts : undefined;
        add({ scenario, name, status: 'failed', seconds: seconds(), detail, ...(counts !== undefined && { counts }) });
        return false;
      }
    },
    skip: (name, why) => {
      add({ scenario, name, status: 'not run', seconds: 0, detail: why });
    },
  };
}
