import { createCursor, type Cursor, reading, shown } from '../core/cursor.ts';
import { error, type Parsed, type ParseOptions } from '../core/fault.ts';
import { numberType, readAttribute, readAttributes, readField } from './fields.ts';
import { AGGREGATES, METRICS, SPANSET_PRECEDENCE } from './names.ts';
import { traceqlTokens } from './tokens.ts';
import type { Field, TraceqlTree } from './tree.ts';

const STEP = 'a selection `{…}` or a function';

/**
 * Reads a query of TraceQL as Tempo 3 does. It reads by itself: the editor's grammar (`lezer-traceql`) gives the
 * operators in `{…}` no order, and knows neither `span:childCount`, `rate() > 5` nor hints but `most_recent`.
 */
export function parseTraceql(text: string, options: ParseOptions = {}): Parsed<TraceqlTree> {
  return reading(text, () => {
    const cursor = createCursor(traceqlTokens(text, options.variables === true), text.length);
    const tree = readPipeline(cursor);
    while (cursor.accept('with')) readHints(cursor);
    if (cursor.peek().kind !== 'end') cursor.unexpected('`|`, an operator or the end');
    return tree;
  });
}

/** `with (most_recent=true, sample=0.1)` */
function readHints(cursor: Cursor): void {
  const opened = cursor.expect('(');
  do {
    if (cursor.peek().kind !== 'word') cursor.unexpected('the name of a hint');
    cursor.next();
    cursor.expect('=');
    const value = readField(cursor);
    if (value.kind !== 'value') cursor.fail(error('query-syntax', 'a hint takes a plain value', value));
  } while (cursor.accept(','));
  cursor.close(opened, ')');
}

function readPipeline(cursor: Cursor): TraceqlTree {
  return cursor.nest(() => {
    const steps = [readStep(cursor, 0)];
    while (cursor.peek().text === '|') {
      cursor.operator(cursor.next());
      steps.push(readStep(cursor, 0));
    }
    const [first] = steps;
    if (first !== undefined && steps.length === 1) return first;
    return { kind: 'pipeline', steps, start: first?.start ?? 0, end: cursor.lastEnd() };
  });
}

function readStep(cursor: Cursor, above: number): TraceqlTree {
  return cursor.nest(() => {
    let left = readPrimary(cursor);
    for (;;) {
      const token = cursor.peek();
      const known = token.kind === 'symbol' && Object.hasOwn(SPANSET_PRECEDENCE, token.text);
      const strength = known ? (SPANSET_PRECEDENCE[token.text] ?? 0) : 0;
      if (strength <= above) return left;
      cursor.operator(cursor.next());
      const right = readStep(cursor, token.text === '^' ? strength - 1 : strength);
      const place = { start: left.start, end: right.end };
      left = { kind: 'binary', operator: token.text, operatorPlace: token, left, right, ...place };
    }
  });
}

function readPrimary(cursor: Cursor): TraceqlTree {
  const token = cursor.peek();
  const { start } = token;
  if (token.text === '-') {
    cursor.operator(cursor.next());
    const of = cursor.nest(() => readPrimary(cursor));
    return { kind: 'negative', of, start, end: of.end };
  }
  if (token.text === '{') return readFilter(cursor);
  const opened = cursor.accept('(');
  if (opened !== undefined) {
    const of = readPipeline(cursor);
    cursor.close(opened, ')');
    return { kind: 'paren', of, start, end: cursor.lastEnd() };
  }
  if (token.kind === 'number') {
    cursor.next();
    return { kind: 'number', type: numberType(cursor, token), start, end: token.end };
  }
  if (token.kind !== 'word') return cursor.unexpected(STEP);
  return readFunction(cursor);
}

function readFilter(cursor: Cursor): TraceqlTree {
  const opened = cursor.next();
  const field = cursor.peek().text === '}' ? undefined : readField(cursor);
  cursor.close(opened, '}');
  return { kind: 'filter', field, start: opened.start, end: cursor.lastEnd() };
}

function readFunction(cursor: Cursor): TraceqlTree {
  const token = cursor.next();
  const { text: name, start } = token;
  const place = (): { start: number; end: number } => ({ start, end: cursor.lastEnd() });
  if (cursor.peek().text !== '(') {
    if (token.variable) return { kind: 'variable', ...place() };
    return cursor.fail(error('query-syntax', `${shown(name)} stands alone; ${STEP} must stand here`, token));
  }
  if (name === 'by') return { kind: 'by', fields: [readOnlyField(cursor)], ...place() };
  if (name === 'select') return { kind: 'select', fields: readAttributes(cursor), ...place() };
  if (Object.hasOwn(METRICS, name)) return { ...readMetrics(cursor, name), ...place() };
  if (AGGREGATES.includes(name)) {
    if (name !== 'count') return { kind: 'aggregate', name, field: readOnlyField(cursor), ...place() };
    readNothing(cursor);
    return { kind: 'aggregate', name, field: undefined, ...place() };
  }
  if (name === 'coalesce') {
    readNothing(cursor);
    return { kind: 'coalesce', ...place() };
  }
  if (name !== 'topk' && name !== 'bottomk')
    return cursor.fail(error('unknown-function', `${shown(name)} is no function of Tempo`, token));
  const opened = cursor.expect('(');
  if (cursor.peek().text === '0') cursor.unexpected('a number of series');
  readCount(cursor);
  cursor.close(opened, ')');
  return { kind: 'top', ...place() };
}

function readOnlyField(cursor: Cursor): Field {
  const opened = cursor.expect('(');
  const field = readField(cursor);
  cursor.close(opened, ')');
  return field;
}

function readNothing(cursor: Cursor): void {
  const opened = cursor.expect('(');
  cursor.close(opened, ')');
}

/** A whole number. */
function readCount(cursor: Cursor): void {
  const token = cursor.peek();
  if (!/^\d+$/.test(token.text) && !token.variable) cursor.unexpected('a whole number');
  cursor.next();
}

type Metrics = Omit<Extract<TraceqlTree, { kind: 'metrics' }>, 'start' | 'end'>;

function readMetrics(cursor: Cursor, name: string): Metrics {
  const takes = METRICS[name];
  const opened = cursor.expect('(');
  let field: Field | undefined;
  if (takes === 'filter') {
    const filter = cursor.peek().text === '{' ? readFilter(cursor) : cursor.unexpected('a selection `{…}`');
    if (filter.kind === 'filter') field = filter.field;
    while (cursor.accept(',')) readCount(cursor);
  } else if (takes !== 'nothing') field = readAttribute(cursor);
  if (takes === 'quantiles') {
    cursor.expect(',', '`,` and a quantile such as `.99`');
    do {
      const token = cursor.peek();
      if (Number.isNaN(Number(token.text || 'none')) && !token.variable) cursor.unexpected('a quantile such as `.99`');
      cursor.next();
    } while (cursor.accept(','));
  }
  cursor.close(opened, ')');
  const by = takes !== 'filter' && cursor.accept('by') ? readAttributes(cursor) : [];
  return { kind: 'metrics', name, field, by };
}
