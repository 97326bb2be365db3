import { expect, test } from 'vitest';
import { parseByteRate, parseBytes, parseCount, parseDuration, parsePercent, parseRate } from './parse.ts';

test.each([
  [parseCount, '3M', 3_000_000],
  [parseCount, '1.5k', 1500],
  [parseCount, '0', 0],
  [parseBytes, '400GB', 400e9],
  [parseBytes, '10GiB', 10 * 2 ** 30],
  [parseBytes, '10Gi', 10 * 2 ** 30],
  [parseByteRate, '86.4GB/day', 1e6],
  [parseByteRate, '8MB/s', 8e6],
  [parseRate, '20/s', 20],
  [parseRate, '600/min', 10],
  [parseDuration, '395d', 395 * 86_400],
  [parseDuration, '1y', 365 * 86_400],
  [parsePercent, '60%', 0.6],
])('%o reads %s', (parse, text, value) => {
  expect(parse(text)).toEqual({ ok: true, value });
});

test.each([
  [parseCount, '-3M'],
  [parseCount, '3 M'],
  [parseCount, '3MB'],
  [parseCount, '1e9'],
  [parseBytes, '400'],
  [parseBytes, '400Gb'],
  [parseByteRate, '400GB'],
  [parseByteRate, '400GB/constructor'],
  [parseByteRate, '400GB/fortnight'],
  [parseDuration, '395'],
  [parseDuration, '1h30m'],
  [parsePercent, '-1%'],
  [parsePercent, '0.6'],
])('%o refuses %s and says what it expected', (parse, text) => {
  const result = parse(text);
  expect(result.ok).toBe(false);
  expect(result).toHaveProperty('expected', expect.stringMatching(/such as|from/));
});
