import { secondsOf } from '@lgtm-fleet/units';

const UNITS = [
  ['y', 31_536_000],
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as the cluster file takes them, with one unit: `90s`, `15d`. */
export function durationText(seconds: number): string {
  const [unit, size] = UNITS.find(([unit, size]) => unit !== 'w' && unit !== 'y' && seconds % size === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}

export interface Fitted {
  readonly text: string;
  readonly seconds: number;
  /** Why it is not what was written: absent where it is. */
  readonly how?: string;
}

/** A duration of Prometheus or Go, within what a key of the cluster file takes; nothing where it is none. */
export function fit(written: string | undefined, min: number, max: number): Fitted | undefined {
  const seconds = secondsOf(written);
  if (seconds === undefined) return undefined;
  const whole = Math.min(max, Math.max(min, Math.round(seconds)));
  const text = durationText(whole);
  if (whole === seconds) return { text, seconds };
  const bound = seconds < min ? `at least ${durationText(min)}` : `at most ${durationText(max)}`;
  const how =
    seconds < min || seconds > max
      ? `\`${written ?? ''}\` is \`${text}\`: ${bound} is possible`
      : `rounded to \`${text}\``;
  return { text, seconds: whole, how };
}
