import type { Cursor } from '../core/cursor.ts';
import { goDuration, prometheusDuration } from '../core/duration.ts';
import { error } from '../core/fault.ts';
import { stringName, wordName } from '../core/names.ts';
import type { DurationText, Matcher } from '../core/parts.ts';
import { readLabel } from './grouping.ts';
import { readStages } from './stages.ts';
import type { LogQuery } from './tree.ts';

/** `{…}` and its stages. */
export function readLogQuery(cursor: Cursor): LogQuery {
  const opened = cursor.expect('{', 'a selector `{…}`');
  const matchers: Matcher[] = [];
  if (!cursor.accept('}')) {
    do matchers.push(readMatcher(cursor));
    while (cursor.accept(','));
    cursor.close(opened, '}');
  }
  const selector = { start: opened.start, end: cursor.lastEnd() };
  const stages = readStages(cursor);
  return { kind: 'log', matchers, selector, stages, start: opened.start, end: cursor.lastEnd() };
}

function readMatcher(cursor: Cursor): Matcher {
  const label = readLabel(cursor);
  const next = cursor.peek().text;
  if (label.variable && (next === '}' || next === ','))
    return { label: undefined, operator: '=', value: label, start: label.start, end: label.end };
  return { label, ...readComparison(cursor, label.start) };
}

/** `="…"` and so on after a label. */
export function readComparison(cursor: Cursor, start: number): Omit<Matcher, 'label'> {
  for (const operator of ['=', '!=', '=~', '!~'] as const) {
    if (!cursor.accept(operator)) continue;
    const token = cursor.peek();
    const value = token.kind === 'word' && token.variable ? wordName(cursor.next()) : stringName(cursor);
    return { operator, value, start, end: value.end };
  }
  return cursor.unexpected('`=`, `!=`, `=~` or `!~`');
}

interface LogRange {
  readonly of: LogQuery;
  readonly range: DurationText;
}

/** What stands in the brackets of a range aggregation: lines and a range, the lines in brackets of their own or not. */
export function readLogRange(cursor: Cursor): LogRange {
  const opened = cursor.accept('(');
  if (opened === undefined) return readRangeOf(cursor, readLogQuery(cursor), false);
  if (cursor.peek().text === '(') {
    const inner = cursor.nest(() => readLogRange(cursor));
    cursor.close(opened, ')');
    return inner;
  }
  const of = readLogQuery(cursor);
  const inner = cursor.peek().text === '[' ? readRangeOf(cursor, of, false) : undefined;
  cursor.close(opened, ')');
  return inner ?? readRangeOf(cursor, of, true);
}

/** The range, and behind it the stages where none stand before it; behind brackets only `unwrap`. */
function readRangeOf(cursor: Cursor, of: LogQuery, bracketed: boolean): LogRange {
  const range = readRange(cursor) ?? missingRange(cursor, of);
  readOffset(cursor);
  const free = !bracketed || cursor.peek(1).text.toLowerCase() === 'unwrap';
  const stages = of.stages.length === 0 && free ? readStages(cursor) : [];
  return { of: stages.length === 0 ? of : { ...of, stages, end: cursor.lastEnd() }, range };
}

/** `[5m]`: a duration of Prometheus, nothing else between the brackets. */
function readRange(cursor: Cursor): DurationText | undefined {
  const opened = cursor.accept('[');
  if (opened === undefined) return undefined;
  const token = cursor.peek();
  if (token.kind === 'end') cursor.close(opened, ']');
  if (token.kind !== 'number' && !token.variable) cursor.unexpected('a duration such as `5m`');
  cursor.next();
  const milliseconds = token.variable ? undefined : prometheusDuration(token.text);
  if (!token.variable && milliseconds === undefined) {
    const help = 'write whole numbers with units from the largest to the smallest: `5m`, `1h30m`';
    cursor.fail(error('query-syntax', `\`${token.text}\` is no duration`, token, help));
  }
  const closed = cursor.close(opened, ']');
  if (opened.end !== token.start || token.end !== closed.start)
    cursor.fail(
      error('query-syntax', 'a range has no spaces in its brackets', { start: opened.start, end: closed.end }),
    );
  return { milliseconds, text: token.text, start: token.start, end: token.end };
}

function missingRange(cursor: Cursor, of: LogQuery): never {
  const help = 'say over how long: `[5m]`';
  return cursor.fail(error('missing-range', 'a range must follow the lines that are aggregated', of, help));
}

function readOffset(cursor: Cursor): void {
  if (cursor.peek().text.toLowerCase() !== 'offset') return;
  cursor.next();
  cursor.accept('-');
  const token = cursor.peek();
  const known = token.kind === 'number' && (prometheusDuration(token.text) ?? goDuration(token.text)) !== undefined;
  if (!known && !token.variable) cursor.unexpected('a duration such as `5m`');
  cursor.next();
}
