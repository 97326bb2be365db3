import { type Cursor, syntax } from '../core/cursor.ts';
import { wordName } from '../core/names.ts';
import type { Grouping, Matching, Name } from '../core/parts.ts';
import { LOGQL_RESERVED } from './words.ts';

/** The name of a label, which is no word of the language. */
export function readLabel(cursor: Cursor): Name {
  const token = cursor.peek();
  if (token.kind !== 'word') return cursor.unexpected('the name of a label');
  if (LOGQL_RESERVED.has(token.text.toLowerCase()))
    return cursor.fail(syntax(`\`${token.text}\` is a word of LogQL and names no label`, token));
  return wordName(cursor.next());
}

/** `(a, b)` */
export function readLabels(cursor: Cursor): readonly Name[] {
  const opened = cursor.expect('(', '`(` and names of labels');
  const labels: Name[] = [];
  if (cursor.accept(')')) return labels;
  do labels.push(readLabel(cursor));
  while (cursor.accept(','));
  cursor.close(opened, ')');
  return labels;
}

export function readLogqlGrouping(cursor: Cursor): Grouping | undefined {
  const token = cursor.peek();
  const word = token.text.toLowerCase();
  if (word !== 'by' && word !== 'without') return undefined;
  cursor.next();
  const labels = readLabels(cursor);
  return { by: word === 'by', labels, start: token.start, end: cursor.lastEnd() };
}

/** `on (a) group_left (b)` after an operator. */
export function readLogqlMatching(cursor: Cursor): Matching | undefined {
  const token = cursor.peek();
  const word = token.text.toLowerCase();
  if (word !== 'on' && word !== 'ignoring') return undefined;
  cursor.next();
  const labels = readLabels(cursor);
  const place = { start: token.start, end: cursor.lastEnd() };
  const next = cursor.peek();
  const side = /^group_(left|right)$/.exec(next.text.toLowerCase())?.[1];
  if (side === undefined) return { on: word === 'on', labels, place, group: undefined };
  cursor.next();
  const taken = cursor.peek().text === '(' ? readLabels(cursor) : [];
  const group = { side: side === 'left' ? 'left' : 'right', labels: taken, place: next } as const;
  return { on: word === 'on', labels, place, group };
}
