const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w|y)/g;
const WHOLE = new RegExp(`^(?:${PART.source})+$`);

/** Seconds of a duration as Go and Prometheus write it: `1h30m`, `876000h`, `2d`, `0`; `undefined` for anything else. */
export function secondsOf(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  if (typeof value !== 'string' || !WHOLE.test(value)) return undefined;
  return [...value.matchAll(PART)].reduce(
    (sum, [, amount = '0', unit = '']) => sum + Number(amount) * (SECONDS[unit] ?? 0),
    0,
  );
}
