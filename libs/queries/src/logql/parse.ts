import { createCursor, type Cursor, reading } from '../core/cursor.ts';
import { error, type Parsed, type ParseOptions } from '../core/fault.ts';
import { stringName, wordName } from '../core/names.ts';
import type { Name } from '../core/parts.ts';
import { readLogqlGrouping, readLogqlMatching } from './grouping.ts';
import { readLogQuery, readLogRange } from './log.ts';
import { logqlTokens } from './tokens.ts';
import type { LogqlTree } from './tree.ts';
import { PRECEDENCE } from '../core/precedence.ts';
import { RANGE_AGGREGATIONS, VECTOR_AGGREGATIONS } from './words.ts';

const OPERAND = 'a selector `{…}`, a number or a function';

/**
 * Reads a query of LogQL as Loki 3.7 does. It reads by itself: the editor's grammar (`lezer-logql`) knows neither
 * label filters side by side nor an `unwrap` in brackets.
 */
export function parseLogql(text: string, options: ParseOptions = {}): Parsed<LogqlTree> {
  return reading(text, () => {
    const cursor = createCursor(logqlTokens(text, options.variables === true), text.length);
    const tree = readExpression(cursor, 0);
    if (cursor.peek().text === '[') cursor.fail(rangeAlone(cursor));
    if (cursor.peek().kind !== 'end') cursor.unexpected('an operator, a stage or the end');
    return tree;
  });
}

function rangeAlone(cursor: Cursor): ReturnType<typeof error> {
  const help = 'count or measure the lines of the range: `count_over_time({…}[5m])`';
  return error('range-without-aggregation', 'a range of lines is no query by itself', cursor.peek(), help);
}

function readExpression(cursor: Cursor, above: number): LogqlTree {
  return cursor.nest(() => {
    let left = readOperand(cursor);
    for (;;) {
      const token = cursor.peek();
      const operator = token.kind === 'string' ? '' : token.text.toLowerCase();
      const strength = Object.hasOwn(PRECEDENCE, operator) ? (PRECEDENCE[operator] ?? 0) : 0;
      if (strength <= above) return left;
      cursor.operator(cursor.next());
      if (cursor.peek().text.toLowerCase() === 'bool') cursor.next();
      const matching = readLogqlMatching(cursor);
      const right = readExpression(cursor, operator === '^' ? strength - 1 : strength);
      const place = { start: left.start, end: right.end };
      left = { kind: 'binary', operator, operatorPlace: token, left, right, matching, ...place };
    }
  });
}

function readOperand(cursor: Cursor): LogqlTree {
  const token = cursor.peek();
  if (token.text === '{') return readLogQuery(cursor);
  if (token.text === '(') {
    const opened = cursor.next();
    const of = readExpression(cursor, 0);
    cursor.close(opened, ')');
    return { kind: 'paren', of, start: token.start, end: cursor.lastEnd() };
  }
  if (token.kind === 'word') return readCall(cursor);
  if (token.text === '+' || token.text === '-') cursor.next();
  const number = readNumber(cursor, OPERAND);
  return { kind: 'number', vector: false, start: token.start, end: number.end };
}

/** A bare number: neither a duration nor a size. */
function readNumber(cursor: Cursor, expected: string): Name {
  const token = cursor.peek();
  const known = token.kind === 'number' && !Number.isNaN(Number(token.text));
  return known || (token.kind === 'word' && token.variable) ? wordName(cursor.next()) : cursor.unexpected(expected);
}

function readCall(cursor: Cursor): LogqlTree {
  const token = cursor.peek();
  const word = token.text.toLowerCase();
  const after = cursor.peek(1).text.toLowerCase();
  const called = after === '(' || after === 'by' || after === 'without';
  if (!called && token.variable) {
    cursor.next();
    return { kind: 'variable', start: token.start, end: token.end };
  }
  if (!called) return cursor.unexpected(OPERAND);
  if (Object.hasOwn(RANGE_AGGREGATIONS, word)) return readRangeAggregation(cursor);
  if (Object.hasOwn(VECTOR_AGGREGATIONS, word) || token.variable) return readVectorAggregation(cursor);
  cursor.next();
  const opened = cursor.expect('(');
  if (word === 'vector') {
    readNumber(cursor, 'a number');
    cursor.close(opened, ')');
    return { kind: 'number', vector: true, start: token.start, end: cursor.lastEnd() };
  }
  if (word !== 'label_replace')
    return cursor.fail(error('unknown-function', `\`${token.text}\` is no function of Loki`, token));
  const of = readExpression(cursor, 0);
  const texts: Name[] = [];
  for (let count = 0; count < 4; count += 1) {
    cursor.expect(',');
    texts.push(stringName(cursor));
  }
  cursor.close(opened, ')');
  return { kind: 'label_replace', of, texts, start: token.start, end: cursor.lastEnd() };
}

function readRangeAggregation(cursor: Cursor): LogqlTree {
  const operatorPlace = cursor.next();
  const opened = cursor.expect('(');
  const parameter = readParameter(cursor);
  const { of, range } = cursor.nest(() => readLogRange(cursor));
  cursor.close(opened, ')');
  const grouping = readLogqlGrouping(cursor);
  const operator = operatorPlace.text.toLowerCase();
  const place = { start: operatorPlace.start, end: cursor.lastEnd() };
  return { kind: 'range', operator, operatorPlace, parameter, of, range, grouping, ...place };
}

function readVectorAggregation(cursor: Cursor): LogqlTree {
  const operatorPlace = cursor.next();
  const before = readLogqlGrouping(cursor);
  const opened = cursor.expect('(');
  const parameter = readParameter(cursor);
  const of = readExpression(cursor, 0);
  cursor.close(opened, ')');
  const grouping = before ?? readLogqlGrouping(cursor);
  const operator = operatorPlace.variable ? '' : operatorPlace.text.toLowerCase();
  const place = { start: operatorPlace.start, end: cursor.lastEnd() };
  return { kind: 'vector', operator, operatorPlace, parameter, of, grouping, ...place };
}

/** The number before the first comma. */
function readParameter(cursor: Cursor): Name | undefined {
  if (cursor.peek(1).text !== ',') return undefined;
  const parameter = readNumber(cursor, 'a number');
  cursor.expect(',');
  return parameter;
}
