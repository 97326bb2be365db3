import { expect, test } from 'vitest';
import { sumOf } from './canaries.ts';

const METRICS = `# HELP writes_total All of them.
# TYPE writes_total counter
writes_total{test="a"} 3
writes_total{test="b",status_code="500"} 4
writes_total_of_others 100
lines_total 1e+02
`;

test('a counter is the sum over its labels, and none where it is not there', () => {
  expect(sumOf(METRICS, 'writes_total')).toBe(7);
  expect(sumOf(METRICS, 'lines_total')).toBe(100);
  expect(sumOf(METRICS, 'writes')).toBe(0);
});
