import {
  parseByteRate,
  parseBytes,
  parseCount,
  parseDuration,
  parsePercent,
  parseRate,
  quantityForms,
  type Parsed,
} from '@lgtm-fleet/units';
import { z } from 'zod';

interface Range {
  readonly min: number;
  readonly max: number;
  /** The range as people write it: `1k to 1G`. */
  readonly says: string;
}

/** A text with a unit on the way in, a plain number on the way out. */
function quantity(parse: (text: string) => Parsed, form: string, pattern: string, range: Range, description: string) {
  return z.string({ error: form }).meta({ description, pattern }).transform(reader(parse, range));
}

function reader(parse: (text: string) => Parsed, range: Range) {
  return (text: string | number, context: z.core.$RefinementCtx): number => {
    const parsed = parse(String(text));
    const within = parsed.ok && parsed.value >= range.min && parsed.value <= range.max;
    if (parsed.ok && within) return parsed.value;
    context.addIssue({
      code: 'custom',
      message: parsed.ok ? 'out of range' : 'not understood',
      params: { expected: parsed.ok ? `from ${range.says}` : parsed.expected },
    });
    return z.NEVER;
  };
}

/** A count needs no unit, so `20000` is as good as `20k`. */
export function count(range: Range, description: string) {
  return z
    .union([z.string().meta({ pattern: '^\\d+(\\.\\d+)?[kKMG]?$' }), z.number()], { error: quantityForms.count })
    .meta({ description })
    .transform(reader(parseCount, range));
}

const GB = 1e9;
const DAY = 86_400;

export const seriesCount = (description: string) => count({ min: 1000, max: 1e9, says: '1k to 1G' }, description);
/** Of one source, which may be small. */
export const seriesOf = (description: string) => count({ min: 1, max: 1e9, says: '1 to 1G' }, description);
export const logVolume = (description: string) =>
  quantity(
    parseByteRate,
    quantityForms.byteRate,
    '^\\d+(\\.\\d+)?[kKMGTP]?i?B?/[a-z]+$',
    { min: 1e6 / DAY, max: 1e15 / DAY, says: '1MB/day to 1PB/day' },
    description,
  );
export const traceThroughput = (description: string) =>
  quantity(
    parseByteRate,
    quantityForms.byteRate,
    '^\\d+(\\.\\d+)?[kKMGTP]?i?B?/[a-z]+$',
    { min: 1, max: 10 * GB, says: '1B/s to 10GB/s' },
    description,
  );
/** A limit of a tenant. */
export const byteRate = (description: string) =>
  quantity(
    parseByteRate,
    quantityForms.byteRate,
    '^\\d+(\\.\\d+)?[kKMGTP]?i?B?/[a-z]+$',
    { min: 1000, max: 10 * GB, says: '1kB/s to 10GB/s' },
    description,
  );
export const queryRate = (description: string) =>
  quantity(
    parseRate,
    quantityForms.rate,
    '^\\d+(\\.\\d+)?[kKMG]?/[a-z]+$',
    { min: 0.01, max: 1e5, says: '0.01/s to 100k/s' },
    description,
  );
export const size = (description: string) =>
  quantity(
    parseBytes,
    quantityForms.bytes,
    '^\\d+(\\.\\d+)?([kKMGTP]?B|[KMGTP]iB?)$',
    { min: GB, max: 1e15, says: '1GB to 1PB' },
    description,
  );
export const percent = (description: string) =>
  quantity(
    parsePercent,
    quantityForms.percent,
    '^\\d+(\\.\\d+)?%$',
    { min: 0, max: 1, says: '0% to 100%' },
    description,
  );
/** Seconds. */
export const duration = (minimum: number, maximum: number, says: string, description: string) =>
  quantity(
    parseDuration,
    quantityForms.duration,
    '^\\d+(\\.\\d+)?[smhdwy]$',
    { min: minimum, max: maximum, says },
    description,
  );
/** Seconds; every store deletes in whole days at best, and Loki refuses less than one. */
export const retention = (description: string) => duration(DAY, 10 * 365 * DAY, '1d to 10y', description);
