import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readExposition } from './exposition.ts';

test('series that were asked for, with their labels', () => {
  const text = `# HELP a_total Something.
# TYPE a_total counter
a_total{reason="rate_limited",tenant="a \\"b\\" \\\\ c"} 12
a_total 3 1700000000000
b_total 5
c 1.5e+09
a_total{x="y"} 1 # {trace_id="1"} 0.5
`;
  expect(readExposition(text, new Set(['a_total', 'c']))).toEqual([
    { name: 'a_total', labels: { reason: 'rate_limited', tenant: 'a "b" \\ c' }, value: 12 },
    { name: 'a_total', labels: {}, value: 3 },
    { name: 'c', labels: {}, value: 1.5e9 },
    { name: 'a_total', labels: { x: 'y' }, value: 1 },
  ]);
});

test.each([
  ['a page', '<html><body>no</body></html>'],
  ['JSON', '{"a":1}'],
  ['nothing', ''],
])('%s is no exposition', (_, text) => {
  expect(readExposition(text, new Set(['a']))).toBeUndefined();
});

test('labels come back as they were written', () => {
  const escaped = (text: string): string =>
    text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const labels = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme' }), { maxKeys: 4 });
  fc.assert(
    fc.property(labels, fc.integer(), (given, value) => {
      fc.pre(Object.values(given).every((text) => !/[\r\u2028\u2029]/.test(text)));
      const pairs = Object.entries(given).map(([name, text]) => `${name}="${escaped(text)}"`);
      const line = `x_total{${pairs.join(',')}} ${String(value)}`;
      expect(readExposition(`${line}\n`, new Set(['x_total']))).toEqual([
        { name: 'x_total', labels: { ...given }, value },
      ]);
    }),
  );
});
