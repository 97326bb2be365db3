import { expect, test } from 'vitest';
import { secondsOf } from './durations.ts';

test.each([
  ['1h30m', 5400],
  ['876000h', 3_153_600_000],
  ['1.5s', 1.5],
  ['250ms', 0.25],
  ['2w', 1_209_600],
  ['0', 0],
  [0, 0],
])('%s', (text, seconds) => {
  expect(secondsOf(text)).toBeCloseTo(seconds, 9);
});

test.each(['', '10', 'h', '5 m', '${WAIT}', '-1h', 30, null, undefined])('%s is none', (text) => {
  expect(secondsOf(text)).toBeUndefined();
});
