import type { Cursor } from '../core/cursor.ts';
import { goDuration, prometheusDuration } from '../core/duration.ts';
import { error } from '../core/fault.ts';
import { stringName, wordName } from '../core/names.ts';
import type { Token } from '../core/token.ts';
import { readLabel } from './grouping.ts';
import { readIp } from './stages.ts';
import type { LabelFilter } from './tree.ts';

const BYTES = /^\d+(?:\.\d*)?(?:[KkMGTP]i?)?B$|^\d+(?:\.\d*)?[KkMGTP]i?$/;
const COMPARISONS = ['==', '=~', '!~', '!=', '>=', '<=', '=', '>', '<'];

/** `status >= 500 and (duration > 5s or job="a"), x="y"`: its comparisons, whose joints change nothing to a check. */
export function readLabelFilters(cursor: Cursor): readonly LabelFilter[] {
  return cursor.nest(() => {
    const filters = [...readPrimary(cursor)];
    for (;;) {
      const token = cursor.peek();
      const joined = /^(?:and|or|,)$/.test(token.text.toLowerCase()) && token.kind !== 'string';
      const beside = token.text === '(' || (token.kind === 'word' && !isJoint(token.text));
      if (!joined && !beside) return filters;
      // Behind the filter of one query, `or` may join another query.
      if (joined && (cursor.peek(1).text === '{' || cursor.peek(2).text === '(')) return filters;
      cursor.operator(token);
      if (joined) cursor.next();
      filters.push(...readPrimary(cursor));
    }
  });
}

function isJoint(word: string): boolean {
  return /^(?:unless|offset|by|without)$/i.test(word);
}

function readPrimary(cursor: Cursor): readonly LabelFilter[] {
  const opened = cursor.accept('(');
  if (opened === undefined) return [readFilter(cursor)];
  const inner = readLabelFilters(cursor);
  cursor.close(opened, ')');
  return inner;
}

function readFilter(cursor: Cursor): LabelFilter {
  const label = readLabel(cursor);
  const operator = cursor.peek().text;
  if (label.variable && !COMPARISONS.includes(operator))
    return { label: undefined, operator: '=', value: label, of: 'text', start: label.start, end: label.end };
  if (!COMPARISONS.includes(operator) || cursor.peek().kind === 'string') return cursor.unexpected('a comparison');
  cursor.next();
  const value = readValue(cursor, operator);
  return { label, operator, ...value, start: label.start, end: cursor.lastEnd() };
}

function readValue(cursor: Cursor, operator: string): Pick<LabelFilter, 'value' | 'of'> {
  const token = cursor.peek();
  if (token.kind === 'word' && token.variable) return { value: wordName(cursor.next()), of: 'number' };
  if (token.kind === 'word' && token.text.toLowerCase() === 'ip' && (operator === '=' || operator === '!='))
    return { value: readIp(cursor), of: 'ip' };
  if (token.kind === 'string') {
    if (['=', '!=', '=~', '!~'].includes(operator)) return { value: stringName(cursor), of: 'text' };
    const help = 'compare with a number, a duration or a size: `> 5`, `> 5s`, `> 5KB`';
    return cursor.fail(error('type-mismatch', `\`${operator}\` compares no texts`, token, help));
  }
  if (operator === '=~' || operator === '!~') return cursor.unexpected('a text in quotes');
  const sign = cursor.accept('-') ?? cursor.accept('+');
  const number = cursor.peek();
  if (number.kind !== 'number') return cursor.unexpected('a text, a number, a duration or a size');
  cursor.next();
  return { value: { ...wordName(number), start: (sign ?? number).start }, of: kindOf(cursor, number) };
}

function kindOf(cursor: Cursor, token: Token): LabelFilter['of'] {
  if (!Number.isNaN(Number(token.text))) return 'number';
  if (prometheusDuration(token.text) !== undefined || goDuration(token.text) !== undefined) return 'duration';
  if (BYTES.test(token.text)) return 'bytes';
  return cursor.fail(error('query-syntax', `\`${token.text}\` is no number, duration or size`, token));
}
