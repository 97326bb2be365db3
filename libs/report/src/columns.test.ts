import { expect, test } from 'vitest';
import { columns } from './columns.ts';

test('columns stand under each other, numbers to the right, and no line ends in spaces', () => {
  const rows = [
    ['what', 'count', 'why'],
    ['a', '1', ''],
    ['longer', '1000', 'so'],
  ];
  expect(columns(rows, (column) => column === 1)).toEqual(['what    count  why', 'a           1', 'longer   1000  so']);
  expect(columns([['a', 'b'], ['longer']])).toEqual(['a       b', 'longer']);
  expect(columns([])).toEqual([]);
});
