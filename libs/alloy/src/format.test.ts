import { expect, test } from 'vitest';
import { formatAlloy } from './format.ts';
import { parseAlloy } from './parse.ts';

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;

test.each([
  ['nothing', '\n \n', ''],
  ['comments alone', '\n\n// a\n\n\n\n// b', lines('// a', '', '// b')],
  ['a run of arguments', 'a=1\nlonger=2\n\nb=3', lines('a      = 1', 'longer = 2', '', 'b = 3')],
  ['comments beside a run', 'a=1 // x\nlonger=22// y\n', lines('a      = 1  // x', 'longer = 22 // y')],
  ['a run that ends', 'a=[\n1,\n]\nlonger=2', lines('a = [', '\t1,', ']', 'longer = 2')],
  ['a comment that ends a run', 'a=1\n// x\nlonger=2', lines('a = 1', '// x', 'longer = 2')],
  ['blocks', 'a{}\nb "c" {\nx=1\nd{ }\n}', lines('a { }', '', 'b "c" {', '\tx = 1', '', '\td { }', '}')],
  ['a comment in a block', 'a {\n// x\n}\nb { // y\n}', lines('a {', '\t// x', '}', '', 'b { // y', '}')],
  ['an empty label', 'a "" { }', lines('a { }')],
  ['an object', 'a={\nb=1,\n"c d"=2,\n}', lines('a = {', '\tb     = 1,', '\t"c d" = 2,', '}')],
  ['an object in a line', 'a={b=1,c=2}', lines('a = {b = 1, c = 2}')],
  ['elements in lines', 'a=[1,2,\n3,\n]', lines('a = [1, 2,', '\t3,', ']')],
  ['parameters in lines', 'a=f(\n1,\n2,\n)', lines('a = f(', '\t1,', '\t2,', ')')],
  ['no parameters', 'a=f(\n)', lines('a = f()')],
  ['operators', 'a=-1+ !b.c [ 0 ]^( 2 )', lines('a = -1 + !b.c[0] ^ (2)')],
  ['a number with a name', 'a = 1 .b', lines('a = 1 .b')],
  ['a raw string as it is', 'a = `x\t \n\ty `\nlonger = 1', lines('a = `x\t ', '\ty `', 'longer = 1')],
  ['a key in backticks', 'a = {`b` = 1, `c"` = 2}', lines('a = {"b" = 1, `c"` = 2}')],
  ['letters of two units', 'a = {\n"😀" = 1,\nbc = 2,\n}', lines('a = {', '\t"😀" = 1,', '\tbc  = 2,', '}')],
  ['a comment after the last element', 'a = [\n1, // x\n// y\n]', lines('a = [', '\t1, // x', '\t// y', ']')],
  ['carriage returns', 'a = 1 // x\r\nb = 2\r\n', lines('a = 1 // x', 'b = 2')],
  ['a comment within a name', 'a. // x\nb { }', lines('// x', 'a.b { }')],
])('%s', (_, source, expected) => {
  expect(formatAlloy(source)).toBe(expected);
  expect(formatAlloy(expected)).toBe(expected);
});

test('a sum over two lines becomes one line, and aligns at once', () => {
  expect(formatAlloy('a = 1 +\n2\nlonger = 3')).toBe(lines('a      = 1 + 2', 'longer = 3'));
});

test('what cannot be read comes back as it is', () => {
  const source = 'a  =  1\nb = \n';
  expect(formatAlloy(source)).toBe(source);
  expect(formatAlloy(parseAlloy(source).file)).toBe(source);
});
