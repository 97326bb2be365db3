import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatCpu, formatDays, formatDuration, formatQuantity } from './format.ts';
import { parseBytes, parseDuration } from './parse.ts';

test('quantities round up and never to less than what was asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (bytes) => {
      const read = parseBytes(formatQuantity(bytes));
      expect(read.ok && read.value).toBeGreaterThanOrEqual(bytes);
    }),
  );
});

test('durations lose nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toEqual({ ok: true, value: seconds });
      expect(parseDuration(formatDays(seconds))).toEqual({ ok: true, value: seconds });
    }),
  );
});

test('people read', () => {
  expect([formatCpu(250), formatCpu(2000), formatCount(66_700), formatBytes(400e9), formatDays(395 * 86_400)]).toEqual([
    '250m',
    '2',
    '66.7k',
    '400 GB',
    '395d',
  ]);
});
