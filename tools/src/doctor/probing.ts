import type { Unknown } from '@lgtm-fleet/doctor';
import { within } from '../kubernetes/deadline.ts';
import { isApiError } from '../kubernetes/http.ts';

/** Runs probes a few at a time, each within its own limit and all within one; what fails is written down. */
export interface Probing {
  /** What could not be learnt, in the order in which it was given up. */
  readonly unknown: readonly Unknown[];
  /**
   * Undefined where the probe failed or took too long; then that is written down. A probe that is given up is told by
   * its signal, and nobody waits for it.
   */
  readonly probe: <T>(
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
    limitMs?: number,
  ) => Promise<T | undefined>;
  readonly note: (what: string, because: string) => void;
  /** Milliseconds that are left for all together. */
  readonly left: () => number;
}

export interface Limits {
  readonly totalMs: number;
  readonly eachMs: number;
  readonly atOnce: number;
}

export const LIMITS: Limits = { totalMs: 50_000, eachMs: 8000, atOnce: 8 };

export function probing({ totalMs, eachMs, atOnce }: Limits = LIMITS): Probing {
  const end = performance.now() + totalMs;
  const unknown: Unknown[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  const left = (): number => Math.max(0, end - performance.now());
  const note = (what: string, because: string): void => {
    unknown.push({ what, because });
  };
  return {
    unknown,
    note,
    left,
    probe: async (what, work, limitMs = eachMs) => {
      if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      running += 1;
      try {
        const limit = Math.min(limitMs, left());
        if (limit === 0) {
          note(what, 'the time for all was up');
          return undefined;
        }
        return await probed(limit, work);
      } catch (error) {
        note(what, reasonOf(error));
        return undefined;
      } finally {
        running -= 1;
        waiting.shift()?.();
      }
    },
  };
}

/** What a probe leaves running when it has its answer is told to end, too. */
async function probed<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new Error(`no answer within ${(limitMs / 1000).toFixed(1)} s`);
  const done = new AbortController();
  try {
    return await within({ milliseconds: limitMs, late, signal: done.signal }, work);
  } finally {
    done.abort();
  }
}

/** In words, one line. */
export function reasonOf(error: unknown): string {
  if (isApiError(error, 401)) return 'the API server does not know this user';
  if (isApiError(error, 403)) return `this user may not: ${error.message}`;
  if (isApiError(error)) return `the API server answered ${String(error.status)}: ${error.message}`;
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.split('\n')[0] ?? text;
}
