import { expect, test } from 'vitest';
import { median, slowdown } from './noisy-tenant.ts';

test.each([
  [[3], 3],
  [[1, 9], 5],
  [[5, 1, 9], 5],
  [[10, 1, 2, 1000], 6],
])('the median of %j is %d', (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test('nothing has no median', () => {
  expect(() => median([])).toThrow('no median');
});

test('one slow request among many does not count, and many do', () => {
  const before = [10, 10, 10, 10, 10];
  expect(slowdown('writes', before, [10, 10, 10, 10, 900]).ratio).toBe(1);
  expect(slowdown('writes', before, [20, 20, 20, 10, 10])).toEqual({
    ratio: 2,
    text: 'writes took 20.0 ms, before 10.0 ms, 2.00 times',
  });
});
