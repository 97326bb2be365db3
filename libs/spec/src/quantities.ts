import {
  parseByteRate,
  parseBytes,
  parseCount,
  parseDuration,
  parsePercent,
  parseRate,
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
function quantity(parse: (text: string) => Parsed, pattern: string, range: Range, description: string) {
  return z
    .string()
    .meta({ description, pattern })
    .transform((text, context) => {
      const parsed = parse(text);
      const within = parsed.ok && parsed.value >= range.min && parsed.value <= range.max;
      if (parsed.ok && within) return parsed.value;
      context.addIssue({
        code: 'custom',
        message: parsed.ok ? 'out of range' : 'not understood',
        params: { expected: parsed.ok ? `from ${range.says}` : parsed.expected },
      });
      return z.NEVER;
    });
}

const GB = 1e9;
const DAY = 86_400;

export const seriesCount = (description: string) =>
  quantity(parseCount, '^\\d+(\\.\\d+)?[kKMG]?$', { min: 1000, max: 1e9, says: '1k to 1G' }, description);
export const logVolume = (description: string) =>
  quantity(parseByteRate, '^\\d+(\\.\\d+)?[kKMGTP]?i?B?/[a-z]+$', { min: 1e6 / DAY, max: 1e15 / DAY, says: '1MB/day to 1PB/day' }, description);
export const traceThroughput = (description: string) =>
  quantity(parseByteRate, '^\\d+(\\.\\d+)?[kKMGTP]?i?B?/[a-z]+$', { min: 1, max: 10 * GB, says: '1B/s to 10GB/s' }, description);
export const queryRate = (description: string) =>
  quantity(parseRate, '^\\d+(\\.\\d+)?[kKMG]?/[a-z]+$', { min: 0.01, max: 1e5, says: '0.01/s to 100k/s' }, description);
export const size = (description: string) =>
  quantity(parseBytes, '^\\d+(\\.\\d+)?([kKMGTP]?B|[KMGTP]iB?)$', { min: GB, max: 1e15, says: '1GB to 1PB' }, description);
export const percent = (description: string) =>
  quantity(parsePercent, '^\\d+(\\.\\d+)?%$', { min: 0, max: 1, says: '0% to 100%' }, description);
/** Seconds. */
export const duration = (minimum: number, maximum: number, says: string, description: string) =>
  quantity(parseDuration, '^\\d+(\\.\\d+)?[smhdwy]$', { min: minimum, max: maximum, says }, description);
/** Seconds; every store deletes in whole days at best, and Loki refuses less than one. */
export const retention = (description: string) => duration(DAY, 10 * 365 * DAY, '1d to 10y', description);
