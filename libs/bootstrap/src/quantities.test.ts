import { expect, test } from 'vitest';
import { quantity } from './quantities.ts';

test.each([
  ['250m', 0.25],
  ['2', 2],
  ['1Gi', 2 ** 30],
  ['3950Mi', 3950 * 2 ** 20],
  ['16374460Ki', 16374460 * 1024],
  ['1e3', 1000],
  ['500M', 5e8],
  ['nonsense', 0],
  [undefined, 0],
])('%s is %s', (text, value) => {
  expect(quantity(text)).toBeCloseTo(value, 6);
});
