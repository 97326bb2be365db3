import { quantityOf, secondsOf } from '@lgtm-fleet/units';

/** Quantities and durations, as Kubernetes, Go and Prometheus write them: equal where they mean the same. */

/** Of a number with its unit; more is none, and not worth the reading. */
const MAX_LENGTH = 60;

/** A Kubernetes quantity: bytes or cores; undefined for anything else. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.length <= MAX_LENGTH ? quantityOf(value) : undefined;
}

/** Seconds of `395d`, `1h30m`, `0s`, or of a bare `0`; undefined for anything else. */
export function seconds(value: unknown): number | undefined {
  return typeof value === 'string' && value.length > MAX_LENGTH ? undefined : secondsOf(value);
}

const SIZED = /^(?:resources|limits|requests|hard|capacity|storage|allocatable|sizeLimit)$/;

/** True where two scalars at a path say the same in other words: `1Gi` and `1024Mi` of a limit, `24h` and `1d`. */
export function same(left: unknown, right: unknown, path: readonly unknown[]): boolean {
  if (left === right) return true;
  const durations = [seconds(left), seconds(right)] as const;
  if (typeof left === 'string' && typeof right === 'string' && durations[0] !== undefined)
    if (durations[0] === durations[1]) return true;
  if (!path.some((step) => typeof step === 'string' && SIZED.test(step))) return false;
  const sizes = [quantity(left), quantity(right)] as const;
  return sizes[0] !== undefined && sizes[0] === sizes[1];
}
