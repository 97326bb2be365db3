import { type Cursor, syntax } from '../core/cursor.ts';
import { labelNames } from '../core/names.ts';
import type { Grouping, Matching } from '../core/parts.ts';
import type { PromqlTree } from './tree.ts';

/** `sum by (a) (…)` or `sum(…) by (a)`. */
export function readAggregate(cursor: Cursor, readArguments: (cursor: Cursor) => readonly PromqlTree[]): PromqlTree {
  const operatorPlace = cursor.next();
  const before = readGrouping(cursor);
  const given = readArguments(cursor);
  const grouping = before ?? readGrouping(cursor);
  const operator = operatorPlace.text.toLowerCase();
  const place = { start: operatorPlace.start, end: cursor.lastEnd() };
  return { kind: 'aggregate', operator, operatorPlace, grouping, arguments: given, ...place };
}

function readGrouping(cursor: Cursor): Grouping | undefined {
  const token = cursor.peek();
  const word = token.text.toLowerCase();
  if (word !== 'by' && word !== 'without') return undefined;
  cursor.next();
  const labels = labelNames(cursor);
  return { by: word === 'by', labels, start: token.start, end: cursor.lastEnd() };
}

/** `on (a) group_left (b)` after an operator. */
export function readMatching(cursor: Cursor): Matching | undefined {
  const token = cursor.peek();
  const word = token.text.toLowerCase();
  if (/^group_(?:left|right)$/.test(word)) return cursor.fail(groupAlone(token));
  if (word !== 'on' && word !== 'ignoring') return undefined;
  cursor.next();
  const labels = labelNames(cursor);
  const place = { start: token.start, end: cursor.lastEnd() };
  return { on: word === 'on', labels, place, group: readGroup(cursor) };
}

function readGroup(cursor: Cursor): Matching['group'] {
  const token = cursor.peek();
  const side = /^group_(left|right)$/.exec(token.text.toLowerCase())?.[1];
  if (side === undefined) return undefined;
  cursor.next();
  const labels = cursor.peek().text === '(' ? labelNames(cursor) : [];
  const place = { start: token.start, end: cursor.lastEnd() };
  return { side: side === 'left' ? 'left' : 'right', labels, place };
}

function groupAlone(token: ReturnType<Cursor['peek']>): ReturnType<typeof syntax> {
  const help = `say by which labels the two sides meet: \`on (…) ${token.text}\``;
  return syntax(`\`${token.text}\` stands alone; \`on\` or \`ignoring\` must stand before it`, token, help);
}
