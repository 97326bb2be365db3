import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, parse, parseAllDocuments } from 'yaml';
import { stringify, stringifyAll, type YamlValue } from './stringify.ts';

const lines = fc.array(
  fc.constantFrom('', ' ', '  ', 'a', ' b', 'c ', 'd: e', '# f', '-', '- g', '"', "'", '\t', '---', '%'),
  {
    maxLength: 5,
  },
);
const words = fc.constantFrom(
  'a b',
  'a  b',
  'a:b',
  'a: b',
  'a:',
  'a #b',
  '/a/b',
  '-a',
  'y',
  'Off',
  'nULL',
  '100Mi',
  '1h0m',
  '64MB',
  '1e3',
  '1d:2',
  '0xm',
  '../../a',
  'a=b;c/*.d,e',
  'a (b)',
  'x:*y',
  '1:20',
  'a,b',
  '{a}',
  ...['$a', '${a}', '-m', '-e1', '-5m', '1t', '1.2.3', '1.2', '0.0.0.0:80', '::/0', '.;/b', '.', '-.5', '12', '-012'],
  ...['2025-01-01', '2025-1-1', '%a', "[a'", '["a', '\'"', 'a "b" {c}[d]', 'a\\n', '"a\\n"', 'a!', '- a', '? a', 'a ~'],
  ...['a\nb', 'a\n', 'a\n\n  b\n', 'a\nb \n', 'a\n\n', 'a\n---\nb', '---\na', 'a: b\n# c\n', '#\na', 'a\n ', '-\na'],
);
const anyText = fc.oneof(
  words,
  lines.map((some) => some.join('\n')),
  fc.string({ unit: 'grapheme' }),
);
/** A mark of a new document is quoted in every key, by `yaml` only where it would be taken for one. */
const anyKey = fc
  .oneof({ weight: 30, arbitrary: anyText }, fc.constant('k'.repeat(1100)))
  .filter((key) => !/^(---|\.\.\.)/m.test(key));
const { anyValue } = fc.letrec<{ anyValue: YamlValue; entries: Record<string, YamlValue> }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      anyText,
      fc.integer(),
      fc.double().map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('anyValue'), { maxLength: 4 }),
    tie('entries'),
  ),
  entries: fc.dictionary(anyKey, tie('anyValue'), { maxKeys: 4, noNullPrototype: true }),
}));

test('what it writes is what yaml itself would write', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const contents = { top: value };
      const expected = new Document(contents, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
      expect(stringify(contents)).toBe(expected.toString({ lineWidth: 0 }));
    }),
    { numRuns: 500 },
  );
});

test('a document may be a scalar', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(parse(stringify(text))).toBe(text);
    }),
  );
});

test('every string survives a YAML 1.1 and a YAML 1.2 reader', () => {
  const traps = fc.constantFrom(
    'no',
    'on',
    'y',
    '1:20',
    '1_000',
    '0o17',
    '017',
    '.inf',
    '~',
    'null',
    '<<',
    '=',
    '2025-01-01',
    '1e3',
    '0x1f',
    '',
    ' x ',
    '# a',
    '{',
    '@',
    '`',
  );
  fc.assert(
    fc.property(fc.oneof(traps, fc.string({ unit: 'grapheme' })), (text) => {
      const written = stringify({ key: text, list: [text] });
      expect(parse(written)).toEqual({ key: text, list: [text] });
      expect(parse(written, { version: '1.1' })).toEqual({ key: text, list: [text] });
    }),
  );
});

test('header, comments and order', () => {
  const text = stringify(
    { b: 1, a: { 'x/y': true }, list: [{ k: 'v' }], gone: undefined },
    { header: ['first', '', 'third'], comments: { b: 'why b', 'a/x~1y': 'two\nlines', 'list/0': 'an item' } },
  );
  expect(text).toBe(
    '# first\n#\n# third\n\n# why b\nb: 1\na:\n  # two\n  # lines\n  x/y: true\nlist:\n  # an item\n  - k: v\n',
  );
});

test('a comment for what is not there is an error', () => {
  expect(() => stringify({ a: 1 }, { comments: { 'a/b': 'lost' } })).toThrow("there is no 'b'");
});

test('several documents under one header', () => {
  const text = stringifyAll([{ value: { a: 1 } }, { value: { a: 2 }, comments: { a: 'second' } }], ['head']);
  expect(text).toBe('# head\n\na: 1\n---\n# second\na: 2\n');
  expect(parseAllDocuments(text)).toHaveLength(2);
});

test.each(['e0', 'E12', 'e-5', 'e+1'])('%s is text to YAML 1.1 as well', (text) => {
  const written = stringify({ name: text });
  expect(parse(written, { version: '1.1' })).toEqual({ name: text });
  expect(parse(written)).toEqual({ name: text });
});
