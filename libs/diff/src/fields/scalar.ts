/** Quantities and durations, as Kubernetes, Go and Prometheus write them: equal where they mean the same. */

const BINARY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 };
const DECIMAL: Readonly<Record<string, number>> = { m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };
const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

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
  if (value === 0 || value === '0') return 0;
  if (typeof value !== 'string' || value.length > 60) return undefined;
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w|y))+$/.test(value)) return undefined;
  return [...value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w|y)/g)].reduce(
    (sum, [, digits, unit = '']) => sum + Number(digits) * (SECONDS[unit] ?? 0),
    0,
  );
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
