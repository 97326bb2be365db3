import { expect, test } from 'vitest';
import { configuredAs } from './configuration.ts';

test('forms of the same value are the same', () => {
  const generated = `
limits_config: { retention_period: 72h, max_size: 4MB, reject: false, burst: 16, names: [a, b] }
secret: \${KEY}
`;
  const running = `
limits_config: { retention_period: 3d, max_size: 4096KiB, burst: 16, names: [a, b], other: 1 }
secret: '********'
more: true
`;
  expect(configuredAs(generated, running)).toEqual({ detail: '7 values as generated' });
});

test('what the program keeps as a set has no order', () => {
  expect(configuredAs('a: { processors: [x, y] }', 'a: { processors: [y, x] }')).toEqual({
    detail: '2 values as generated',
  });
});

test.each([
  ['a: { b: 72h }', 'a: { b: 71h }', 'a.b: generated "72h", running "71h"'],
  ['a: { b: 1 }', 'c: 1', 'a.b: generated 1, running nothing'],
  ['a: [x, y]', 'a: [x]', 'a.1: generated "y", running nothing'],
  ['a: [x, y]', 'a: [y, x]', 'a.0: generated "x", running "y"'],
  ['processors: [x, y]', 'processors: [y]', 'processors: generated "x", running without it'],
  ['a: true', 'a: false', 'a: generated true, running false'],
  ['a: 4MB', 'a: 4KB', 'a: generated "4MB", running "4KB"'],
])('%s is not %s', (generated, running, expected) => {
  expect(() => configuredAs(generated, running)).toThrow(expected);
});
