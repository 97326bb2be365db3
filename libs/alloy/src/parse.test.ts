import { describe, expect, test } from 'vitest';
import type { Expression } from './ast.ts';
import { maximumLength, parseAlloy } from './parse.ts';
import { shapeOf } from './testing/shape.ts';
import { constantText } from './walk.ts';

function valueOf(text: string): Expression {
  const { file, faults } = parseAlloy(`a = ${text}`);
  expect(faults).toEqual([]);
  const [statement] = file.body;
  if (statement?.kind !== 'attribute') throw new Error('an argument was written');
  return statement.value;
}

function shapeOfValue(text: string): unknown {
  const [statement] = shapeOf(parseAlloy(`a = ${text}`).file);
  return Array.isArray(statement) ? statement[2] : undefined;
}

describe('spans', () => {
  const source = '\ufeffloki.write "main" {\n\turl = "é😀" + b.c[0](1) // x\n}\n';
  const text = ({ start, end }: { start: number; end: number }): string => source.slice(start, end);

  test('a block, its name, label and braces', () => {
    const [block] = parseAlloy(source).file.body;
    if (block?.kind !== 'block' || block.label === undefined) throw new Error('a block with a label was written');
    expect([block.name.span, block.label.span, block.open, block.close].map(text)).toEqual([
      'loki.write',
      '"main"',
      '{',
      '}',
    ]);
    expect(text(block.span)).toBe(source.slice(1).trimEnd());
  });

  test('an argument and the parts of its value', () => {
    const [block] = parseAlloy(source).file.body;
    const attribute = block?.kind === 'block' ? block.body[0] : undefined;
    if (attribute?.kind !== 'attribute' || attribute.value.kind !== 'binary') throw new Error('a sum was written');
    const { left, right, operatorSpan } = attribute.value;
    expect(text(attribute.span)).toBe('url = "é😀" + b.c[0](1)');
    expect([left.span, operatorSpan, right.span].map(text)).toEqual(['"é😀"', '+', 'b.c[0](1)']);
    expect(right.kind === 'call' && right.callee.kind === 'index' && text(right.callee.object.span)).toBe('b.c');
  });

  test('a comment', () => {
    expect(parseAlloy(source).file.comments.map(({ span }) => text(span))).toEqual(['// x']);
  });
});

describe('values', () => {
  test.each([
    ['"a\\n\\t\\"\\\\\\u00e9\\U0001F600"', 'a\n\t"\\é😀'],
    ['"\\xc3\\xa9\\101\\a\\v"', 'éA\u0007\v'],
    ['`raw \\n "x"`', 'raw \\n "x"'],
    ['`two\r\nlines`', 'two\nlines'],
    ['""', ''],
  ])('the string %s', (raw, value) => {
    expect(valueOf(raw)).toMatchObject({ kind: 'string', raw, value });
  });

  test.each([
    ['1', 1],
    ['017', 15],
    ['1.', 1],
    ['.5e-1', 0.05],
    ['2E3', 2000],
  ])('the number %s', (raw, value) => {
    expect(valueOf(raw)).toMatchObject({ kind: 'number', raw, value });
  });

  test('a string that is put together is known, one from the environment is not', () => {
    expect(constantText(valueOf('"http://" + ("a" + `b`) + ":80"'))).toBe('http://ab:80');
    expect(constantText(valueOf('"http://" + sys.env("HOST")'))).toBeUndefined();
    expect(constantText(valueOf('1 + 2'))).toBeUndefined();
  });
});

describe('operators', () => {
  const number = (raw: string): unknown => ['number', raw, Number(raw)];

  test('bind as in Alloy', () => {
    expect(shapeOfValue('1 + 2 * 3')).toEqual(['+', number('1'), ['*', number('2'), number('3')]]);
    expect(shapeOfValue('1 - 2 - 3')).toEqual(['-', ['-', number('1'), number('2')], number('3')]);
    expect(shapeOfValue('1 ^ 2 ^ 3')).toEqual(['^', number('1'), ['^', number('2'), number('3')]]);
    expect(shapeOfValue('-1 ^ 2')).toEqual(['^', ['-', number('1')], number('2')]);
    expect(shapeOfValue('a || b && c == d < e')).toEqual(['||', 'a', ['&&', 'b', ['<', ['==', 'c', 'd'], 'e']]]);
    expect(shapeOfValue('!a.b(c)[d]')).toEqual(['!', ['[]', ['()', ['.', 'a', 'b'], ['c']], 'd']]);
  });

  test('go on in the next line, a value does not', () => {
    expect(parseAlloy('a = 1 +\n 2\n').faults).toEqual([]);
    expect(parseAlloy('a = 1\n + 2\n').faults).toHaveLength(1);
    expect(parseAlloy('a = 1 /* \n */ + 2\n').faults).toHaveLength(1);
    expect(parseAlloy('a = 1 /* */ + 2\n').faults).toEqual([]);
  });
});

describe('a fault', () => {
  test('costs its statement, not its neighbours', () => {
    const { file, faults } = parseAlloy('a "b" {\n\tx = \n\t\ty\n\tz = [1\n\tw = 2\n}\n\nc "d" { }\n');
    expect(faults.map(({ message }) => message)).toEqual(['a comma is missing at the end of the line']);
    expect(file.complete).toBe(false);
    expect(shapeOf(file)).toEqual([
      ['a', 'b', [['=', 'x', 'y']]],
      ['c', 'd', []],
    ]);
  });

  test('is one of a hundred at most', () => {
    expect(parseAlloy('= \n'.repeat(1000)).faults.length).toBeLessThanOrEqual(100);
    expect(parseAlloy("'\n".repeat(1000)).faults).toHaveLength(100);
  });

  test('is a file that is too long', () => {
    expect(parseAlloy(' '.repeat(maximumLength)).faults).toEqual([]);
    expect(parseAlloy(`${' '.repeat(maximumLength)} `).faults).toHaveLength(1);
  });

  test.each([
    ['blocks', 'a {\n', 64],
    ['brackets', 'a = [', 64],
    ['operators', 'a = b', 512],
  ])('is nesting that is too deep: %s', (what, _, limit) => {
    const deep = (depth: number): string => {
      if (what === 'blocks') return `${'a {\n'.repeat(depth)}${'}\n'.repeat(depth)}`;
      if (what === 'brackets') return `a = ${'['.repeat(depth)}${']'.repeat(depth)}`;
      return `a = b${'.c'.repeat(depth)}`;
    };
    expect(parseAlloy(deep(limit)).faults).toEqual([]);
    expect(parseAlloy(deep(limit + 1)).faults).toHaveLength(1);
  });
});
