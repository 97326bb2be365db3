/** What people write (`3M`, `400GB/day`, `8MB/s`, `395d`, `60%`), read into plain numbers. */

export type Parsed = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly expected: string };

const DECIMAL = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 } as const;
const BINARY = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 } as const;
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 } as const;
const PER = { s: 1, sec: 1, second: 1, min: 60, minute: 60, h: 3600, hour: 3600, d: 86_400, day: 86_400 } as const;

/** How each kind of quantity is written, for messages: `expected a count such as …`. */
export const quantityForms = {
  count: 'a count such as `500`, `20k` or `3M`',
  bytes: 'a size such as `400GB`, `512MB` or `10GiB`',
  byteRate: 'a rate of bytes such as `400GB/day` or `8MB/s`',
  rate: 'a rate such as `20/s` or `600/min`',
  duration: 'a duration such as `30s`, `15m`, `24h`, `14d`, `6w` or `1y`',
  percent: 'a percentage from `0%` to `100%`',
} as const;

/** A count without a unit; suffixes are decimal. */
export function parseCount(text: string): Parsed {
  return scaled(/^(\d+(?:\.\d+)?)(k|K|M|G)?$/.exec(text), DECIMAL, quantityForms.count);
}

/** Bytes; `B` may be left out only after a binary suffix (`10Gi`), as Kubernetes writes it. */
export function parseBytes(text: string): Parsed {
  const binary = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|Pi)B?$/.exec(text);
  if (binary) return scaled(binary, BINARY, quantityForms.bytes);
  return scaled(/^(\d+(?:\.\d+)?)(k|K|M|G|T|P)?B$/.exec(text), DECIMAL, quantityForms.bytes);
}

/** Bytes per second. */
export function parseByteRate(text: string): Parsed {
  return perTime(text, parseBytes, quantityForms.byteRate);
}

/** Events per second. */
export function parseRate(text: string): Parsed {
  return perTime(text, parseCount, quantityForms.rate);
}

/** Seconds. A year is 365 days. */
export function parseDuration(text: string): Parsed {
  return scaled(/^(\d+(?:\.\d+)?)(s|m|h|d|w|y)$/.exec(text), SECONDS, quantityForms.duration);
}

/** A part of one: `60%` is 0.6. More than all of it is a percentage too. */
export function parsePercent(text: string): Parsed {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (match?.[1] === undefined) return { ok: false, expected: quantityForms.percent };
  return { ok: true, value: Number(match[1]) / 100 };
}

function scaled(match: RegExpExecArray | null, factors: Readonly<Record<string, number>>, expected: string): Parsed {
  const factor = factors[match?.[2] ?? ''];
  if (match?.[1] === undefined || factor === undefined) return { ok: false, expected };
  // 0.1 * 1e6 is exact enough for a load; what is counted must still be whole.
  return { ok: true, value: Math.round(Number(match[1]) * factor * 1e6) / 1e6 };
}

function perTime(text: string, parseAmount: (amount: string) => Parsed, expected: string): Parsed {
  const slash = text.indexOf('/');
  const seconds = (PER as Readonly<Record<string, number>>)[text.slice(slash + 1)];
  if (slash < 0 || seconds === undefined || !Object.hasOwn(PER, text.slice(slash + 1))) return { ok: false, expected };
  const amount = parseAmount(text.slice(0, slash));
  return amount.ok ? { ok: true, value: amount.value / seconds } : { ok: false, expected };
}
