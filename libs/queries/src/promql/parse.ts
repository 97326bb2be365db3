import { createCursor, type Cursor, reading, syntax } from '../core/cursor.ts';
import type { Parsed, ParseOptions } from '../core/fault.ts';
import { readSelector } from './selector.ts';
import { readAggregate, readMatching } from './modifiers.ts';
import { readDuration, readNumber, readOffset } from './numbers.ts';
import { stringName, wordName } from '../core/names.ts';
import { promqlTokens } from './tokens.ts';
import type { PromqlTree } from './tree.ts';
import { AGGREGATIONS, PROMQL_PRECEDENCE, RESERVED, SIGN } from './words.ts';

/**
 * Reads a query of PromQL as Prometheus 3 does, experimental duration expressions and `fill` left out.
 *
 * It reads by itself, for a tree of the editor's grammar (`lezer-promql`) binds `a + b offset 5m` as
 * `(a + b) offset 5m`, which no check of types can stand on.
 */
export function parsePromql(text: string, options: ParseOptions = {}): Parsed<PromqlTree> {
  return reading(text, () => {
    const cursor = createCursor(promqlTokens(text, options.variables === true), text.length);
    const tree = readExpression(cursor, 0);
    if (cursor.peek().kind !== 'end') cursor.unexpected('an operator or the end');
    return tree;
  });
}

/** Operands and the operators that bind more strongly than `above`. */
function readExpression(cursor: Cursor, above: number): PromqlTree {
  return cursor.nest(() => {
    let left = readOperand(cursor);
    for (;;) {
      const token = cursor.peek();
      const operator = token.kind === 'string' ? '' : token.text.toLowerCase();
      const strength = Object.hasOwn(PROMQL_PRECEDENCE, operator) ? (PROMQL_PRECEDENCE[operator] ?? 0) : 0;
      if (strength <= above) return left;
      cursor.operator(cursor.next());
      const bool = cursor.peek().text.toLowerCase() === 'bool' ? cursor.next() : undefined;
      const matching = readMatching(cursor);
      // A power is of the whole power to its right.
      const right = readExpression(cursor, operator === '^' ? strength - 1 : strength);
      const place = { start: left.start, end: right.end };
      left = { kind: 'binary', operator, operatorPlace: token, left, right, bool, matching, ...place };
    }
  });
}

function readOperand(cursor: Cursor): PromqlTree {
  const sign = cursor.peek();
  if (!isSign(sign.text)) return readPostfixes(cursor, readPrimary(cursor));
  cursor.operator(cursor.next());
  const of = readExpression(cursor, SIGN);
  if (of.kind === 'number') {
    const value = of.value !== undefined && sign.text === '-' ? -of.value : of.value;
    return { kind: 'number', value, start: sign.start, end: of.end };
  }
  return { kind: 'unary', of, start: sign.start, end: of.end };
}

function isSign(text: string): boolean {
  return text === '-' || text === '+';
}

function readPrimary(cursor: Cursor): PromqlTree {
  const token = cursor.peek();
  if (token.kind === 'number') return readNumber(cursor);
  if (token.kind === 'string') {
    const { text: value, ...rest } = stringName(cursor);
    return { kind: 'string', value, ...rest };
  }
  if (token.kind === 'word') return readWord(cursor);
  if (token.text === '{') return readSelector(cursor, undefined);
  if (token.text !== '(') return cursor.unexpected('a selector, a number or a function');
  const opened = cursor.next();
  const of = readExpression(cursor, 0);
  cursor.close(opened, ')');
  return { kind: 'paren', of, start: token.start, end: cursor.lastEnd() };
}

function readWord(cursor: Cursor): PromqlTree {
  const token = cursor.peek();
  const word = token.text.toLowerCase();
  const after = cursor.peek(1).text.toLowerCase();
  if (/^(?:inf|nan)$/.test(word)) return readNumber(cursor);
  if (RESERVED.has(word)) return cursor.unexpected('a selector, a number or a function');
  const grouped = after === '(' || after === 'by' || after === 'without';
  if (grouped && Object.hasOwn(AGGREGATIONS, word)) return readAggregate(cursor, readArguments);
  const name = wordName(cursor.next());
  if (after === '(') {
    // A variable may say `sum` as well as `rate`.
    const called = readArguments(cursor);
    return { kind: 'call', name, arguments: called, start: name.start, end: cursor.lastEnd() };
  }
  if (after === '{') return readSelector(cursor, name);
  if (token.variable && /^(?:\$\$?(?:\w+|\{[^}]*\})|\[\[[^\]]*\]\])$/.test(token.text))
    return { kind: 'variable', start: token.start, end: token.end };
  return { kind: 'selector', name, matchers: [], start: name.start, end: name.end };
}

function readArguments(cursor: Cursor): readonly PromqlTree[] {
  const opened = cursor.expect('(');
  const found: PromqlTree[] = [];
  if (cursor.accept(')')) return found;
  do {
    // `sum(a,)` is read, by Prometheus too, up to the comma only.
    if (cursor.peek().text === ')' && found.length > 0) return cursor.fail(trailingComma(cursor));
    found.push(readExpression(cursor, 0));
  } while (cursor.accept(','));
  cursor.close(opened, ')');
  return found;
}

function trailingComma(cursor: Cursor): ReturnType<typeof syntax> {
  return syntax('an argument must follow the comma', cursor.peek(), 'take the comma out');
}

/** `[5m]`, `[1h:1m]`, `offset 5m` and `@ …` bind to the one operand before them. */
function readPostfixes(cursor: Cursor, operand: PromqlTree): PromqlTree {
  let of = operand;
  for (;;) {
    const token = cursor.peek();
    const word = token.text.toLowerCase();
    if (token.kind === 'string' || !/^(?:\[|@|offset)$/.test(word)) return of;
    cursor.operator(token);
    of = word === '[' ? readRange(cursor, of) : readOffset(cursor, of, word);
  }
}

function readRange(cursor: Cursor, of: PromqlTree): PromqlTree {
  const opened = cursor.next();
  const range = readDuration(cursor);
  if (!cursor.accept(':')) {
    cursor.close(opened, ']');
    return { kind: 'range', of, range, start: of.start, end: cursor.lastEnd() };
  }
  const step = cursor.peek().text === ']' ? undefined : readDuration(cursor);
  cursor.close(opened, ']');
  return { kind: 'subquery', of, range, step, start: of.start, end: cursor.lastEnd() };
}
