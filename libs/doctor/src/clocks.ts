import type { ClockFacts } from './facts.ts';

/** Clocks that differ by less agree. */
const AGREE_SECONDS = 30;
/** Of two, nobody can say which one is wrong. */
const ENOUGH = 3;

/**
 * By how much the clock of the machine that looks is ahead of all others, in seconds: where all of them are off by the
 * same, it is not they who are wrong. 0 where they are not.
 */
export function ownSkew(clocks: readonly ClockFacts[]): number {
  const ahead = clocks.map(({ aheadSeconds }) => aheadSeconds).toSorted((left, right) => left - right);
  const [least, most] = [ahead[0] ?? 0, ahead.at(-1) ?? 0];
  if (clocks.length < ENOUGH || most - least > AGREE_SECONDS) return 0;
  if (clocks.some(({ aheadSeconds, withinSeconds }) => Math.abs(aheadSeconds) - withinSeconds < AGREE_SECONDS))
    return 0;
  return -(ahead[Math.floor(ahead.length / 2)] ?? 0);
}
