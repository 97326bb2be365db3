import type { Cursor } from '../core/cursor.ts';
import { prometheusDuration } from '../core/duration.ts';
import { error } from '../core/fault.ts';
import type { Token } from '../core/token.ts';
import type { DurationText } from '../core/parts.ts';
import type { PromqlTree } from './tree.ts';

/** What fits 64 bits of nanoseconds, in milliseconds: about 292 years. */
const LONGEST = 2 ** 63 / 1e6;

/** A number, or a duration, which is its number of seconds. */
export function readNumber(cursor: Cursor): PromqlTree {
  const token = cursor.next();
  return { kind: 'number', value: seconds(cursor, token), start: token.start, end: token.end };
}

/** A range or step in brackets. */
export function readDuration(cursor: Cursor): DurationText {
  const token = cursor.peek();
  if (token.kind === 'word' && token.variable) {
    cursor.next();
    return { milliseconds: undefined, text: token.text, start: token.start, end: token.end };
  }
  if (token.kind !== 'number') return cursor.unexpected('a duration such as `5m`');
  cursor.next();
  const milliseconds = Math.round(seconds(cursor, token) * 1e9) / 1e6;
  if (milliseconds <= 0) cursor.fail(error('empty-range', 'a range must be longer than nothing', token));
  return { milliseconds, text: token.text, start: token.start, end: token.end };
}

/** `offset 5m`, `offset -5m`, `@ 1700000000`, `@ start()` after an operand. */
export function readOffset(cursor: Cursor, of: PromqlTree, word: string): PromqlTree {
  const first = cursor.next();
  const sign = cursor.accept('-') ?? cursor.accept('+');
  const token = cursor.peek();
  const called = token.text.toLowerCase();
  if (token.kind === 'number' || (token.kind === 'word' && token.variable)) {
    cursor.next();
    if (token.kind === 'number') seconds(cursor, token);
  } else if (word === '@' && sign === undefined && (called === 'start' || called === 'end')) {
    cursor.next();
    cursor.expect('(');
    cursor.expect(')');
  } else cursor.unexpected(word === '@' ? 'a time, `start()` or `end()`' : 'a duration such as `5m`');
  const place = { start: first.start, end: cursor.lastEnd() };
  return { kind: word === '@' ? 'at' : 'offset', of, place, start: of.start, end: place.end };
}

function seconds(cursor: Cursor, token: Token): number {
  const text = token.text.toLowerCase();
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === 'nan') return Number.NaN;
  const hexadecimal = text.startsWith('0x');
  if (hexadecimal || !/[smhdwy]/.test(text)) {
    const value = Number(text.replaceAll('_', ''));
    if (!Number.isNaN(value) && (hexadecimal || !/__|_$|_\.|\._|e.*_/.test(text))) return value;
    return cursor.fail(error('query-syntax', `\`${token.text}\` is no number`, token));
  }
  const milliseconds = prometheusDuration(token.text);
  if (milliseconds !== undefined && milliseconds < LONGEST) return milliseconds / 1000;
  const help = 'write whole numbers with units from the largest to the smallest, each once: `1h30m`';
  return cursor.fail(error('query-syntax', `\`${token.text}\` is no duration`, token, help));
}
