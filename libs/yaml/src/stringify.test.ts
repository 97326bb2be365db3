import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { stringify, stringifyAll } from './stringify.ts';

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
