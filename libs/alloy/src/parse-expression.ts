import type { Span } from '@lgtm-fleet/diagnostics';
import type { BinaryOperator, Expression, Field, UnaryOperator } from './ast.ts';
import { expectMark, fail, isMark, measured, nested, peek, take, unexpected, type Cursor } from './cursor.ts';
import { numberValue, stringValue } from './literal.ts';
import type { Token } from './scan.ts';

/** From the loosest to the tightest, all of them from left to right; `^` binds tighter and from right to left. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** @throws `abandoned` when there is no expression here. */
export function parseExpression(cursor: Cursor): Expression {
  return parseBinary(cursor, 0);
}

function parseBinary(cursor: Cursor, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return parsePower(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const token = peek(cursor);
    const operator = operators.find((each) => isMark(token, each));
    if (operator === undefined) return left;
    take(cursor);
    left = binary(cursor, operator, token.span, left, parseBinary(cursor, level + 1));
  }
}

function parsePower(cursor: Cursor): Expression {
  const left = parseUnary(cursor);
  const token = peek(cursor);
  if (!isMark(token, '^')) return left;
  take(cursor);
  const right = nested(cursor, token, () => parsePower(cursor));
  return binary(cursor, '^', token.span, left, right);
}

function binary(
  cursor: Cursor,
  operator: BinaryOperator,
  operatorSpan: Span,
  left: Expression,
  right: Expression,
): Expression {
  const span = join(left.span, right.span);
  return measured(cursor, { kind: 'binary', operator, operatorSpan, left, right, span });
}

const unaryOperators: readonly UnaryOperator[] = ['!', '-'];

function parseUnary(cursor: Cursor): Expression {
  const token = peek(cursor);
  const operator = unaryOperators.find((each) => isMark(token, each));
  if (operator === undefined) return parseOperand(cursor);
  take(cursor);
  const operand = nested(cursor, token, () => parseUnary(cursor));
  return measured(cursor, { kind: 'unary', operator, operand, span: join(token.span, operand.span) });
}

/** A value and what is done with it: `.name`, `[index]`, `(parameters)`. */
function parseOperand(cursor: Cursor): Expression {
  let value = parsePrimary(cursor);
  for (;;) {
    const token = peek(cursor);
    if (token.kind === 'string' || isMark(token, '{'))
      fail(cursor, 'a block where a value has to stand', token.span, 'a block has no `=` before its `{`');
    if (!['.', '[', '('].some((text) => isMark(token, text))) return value;
    take(cursor);
    value = measured(cursor, parseSuffix(cursor, value, token));
  }
}

function parseSuffix(cursor: Cursor, value: Expression, token: Token): Expression {
  if (token.text === '.') {
    const name = peek(cursor);
    if (name.kind !== 'identifier') unexpected(cursor, 'a name');
    take(cursor);
    const span = join(value.span, name.span);
    return { kind: 'access', object: value, dot: token.span, name: { name: name.text, span: name.span }, span };
  }
  return nested(cursor, token, () => {
    if (token.text === '[') {
      const index = parseExpression(cursor);
      const close = expectMark(cursor, ']', token);
      return { kind: 'index', object: value, open: token.span, index, span: join(value.span, close.span) };
    }
    const parameters = parseList(cursor, ')', () => parseExpression(cursor));
    const close = expectMark(cursor, ')', token);
    return { kind: 'call', callee: value, open: token.span, parameters, span: join(value.span, close.span) };
  });
}

function parsePrimary(cursor: Cursor): Expression {
  const token = peek(cursor);
  const { span, text } = token;
  switch (token.kind) {
    case 'identifier':
      take(cursor);
      return { kind: 'identifier', name: text, span };
    case 'number':
      take(cursor);
      return { kind: 'number', raw: text, value: numberValue(text), span };
    case 'string':
      take(cursor);
      return { kind: 'string', raw: text, value: stringValue(text), span };
    case 'bool':
      take(cursor);
      return { kind: 'bool', value: text === 'true', span };
    case 'null':
      take(cursor);
      return { kind: 'null', span };
    case 'mark':
      if (['(', '[', '{'].includes(text)) return measured(cursor, parseBracketed(cursor, take(cursor)));
      return unexpected(cursor, 'a value');
    default:
      return unexpected(cursor, 'a value');
  }
}

function parseBracketed(cursor: Cursor, open: Token): Expression {
  return nested(cursor, open, () => {
    if (open.text === '(') {
      const inner = parseExpression(cursor);
      return { kind: 'parenthesized', inner, span: join(open.span, expectMark(cursor, ')', open).span) };
    }
    if (open.text === '[') {
      const elements = parseList(cursor, ']', () => parseExpression(cursor));
      return { kind: 'array', elements, span: join(open.span, expectMark(cursor, ']', open).span) };
    }
    const fields = parseList(cursor, '}', () => parseField(cursor));
    return { kind: 'object', fields, span: join(open.span, expectMark(cursor, '}', open).span) };
  });
}

/** What stands between brackets, with a comma after each, the last one's at will. */
function parseList<T>(cursor: Cursor, close: string, item: () => T): readonly T[] {
  const items: T[] = [];
  while (!isMark(peek(cursor), close) && peek(cursor).kind !== 'end') {
    items.push(item());
    const token = peek(cursor);
    if (token.kind === 'terminator')
      fail(
        cursor,
        'a comma is missing at the end of the line',
        token.span,
        `before a line break, the last one has a comma too, unless \`${close}\` follows on the same line`,
      );
    if (isMark(token, ',')) take(cursor);
    else if (!isMark(token, close)) return items;
  }
  return items;
}

function parseField(cursor: Cursor): Field {
  const token = peek(cursor);
  if (token.kind !== 'identifier' && token.kind !== 'string') unexpected(cursor, 'a key');
  take(cursor);
  const name = token.kind === 'string' ? token.text.slice(1, -1) : token.text;
  if (isMark(peek(cursor), ':')) unexpected(cursor, '`=`');
  expectMark(cursor, '=');
  return { key: { name, raw: token.text, span: token.span }, value: parseExpression(cursor) };
}

function join(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}
