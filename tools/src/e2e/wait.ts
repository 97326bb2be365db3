import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly seconds: number;
  readonly everyMs?: number;
}

/**
 * Asks until the answer is there.
 * @param ask undefined or an error mean: not yet
 * @throws Error with what was waited for, and the last error, when time is up
 */
export async function until<T>(
  what: string,
  { seconds, everyMs = 1000 }: Patience,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last: string;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = '';
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() > end) throw new Error(`waited ${String(seconds)} s for ${what}${last}`);
    await sleep(everyMs);
  }
}
