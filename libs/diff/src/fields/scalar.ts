import { secondsOf } from '@lgtm-fleet/units';

/** Quantities and durations, as Kubernetes, Go and Prometheus write them: equal where they mean the same. */

const BINARY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 };
const DECIMAL: Readonly<Record<string, number>> = { m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };
/** A Kubernetes quantity: bytes or cores; undefined for anything else. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const [, digits = '', suffix = ''] = /^(\d{1,18}(?:\.\d{1,9})?)(Ki|Mi|Gi|Ti|Pi|m|k|M|G|T|P)?$/.exec(value) ?? [];
  const factor = BINARY[suffix] ?? DECIMAL[suffix];
  return digits === '' || factor === undefined ? undefined : Number(digits) * factor;
}

/** Seconds of `395d`, `1h30m`, `0s`, or of a bare `0`; undefined for anything else. */
export function seconds(value: unknown): number | undefined {
  return typeof value === 'string' && value.length > 60 ? undefined : secondsOf(value);
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
