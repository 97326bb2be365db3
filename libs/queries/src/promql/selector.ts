import type { Cursor } from '../core/cursor.ts';
import { stringName, wordName } from '../core/names.ts';
import type { Matcher, Name } from '../core/parts.ts';
import type { Selector } from './tree.ts';

/** `{…}`, after the name where there is one. */
export function readSelector(cursor: Cursor, name: Name | undefined): Selector {
  const opened = cursor.expect('{');
  const matchers: Matcher[] = [];
  while (!cursor.accept('}')) {
    if (matchers.length > 0) {
      if (cursor.peek().text !== ',') cursor.close(opened, '}');
      cursor.next();
      if (cursor.accept('}')) break;
    }
    if (cursor.peek().kind === 'end') cursor.close(opened, '}');
    matchers.push(readMatcher(cursor));
  }
  return { kind: 'selector', name, matchers, start: (name ?? opened).start, end: cursor.lastEnd() };
}

function readMatcher(cursor: Cursor): Matcher {
  const token = cursor.peek();
  const label = token.kind === 'string' ? stringName(cursor) : wordName(readLabel(cursor));
  const operator = readOperator(cursor);
  if (operator === undefined) {
    // `{"http.requests"}` names the metric, and `{$filters}` may say anything.
    if (token.kind === 'string')
      return { label: nameLabel(label), operator: '=', value: label, ...place(label, label) };
    if (label.variable) return { label: undefined, operator: '=', value: label, ...place(label, label) };
    return cursor.unexpected('`=`, `!=`, `=~` or `!~`');
  }
  const value = cursor.peek().variable && cursor.peek().kind === 'word' ? wordName(cursor.next()) : stringName(cursor);
  return { label, operator, value, ...place(label, value) };
}

function readLabel(cursor: Cursor): ReturnType<Cursor['next']> {
  return cursor.peek().kind === 'word' ? cursor.next() : cursor.unexpected('the name of a label');
}

function nameLabel({ start, end }: Name): Name {
  return { text: '__name__', variable: false, start, end };
}

function place(from: Name, to: Name): { start: number; end: number } {
  return { start: from.start, end: to.end };
}

function readOperator(cursor: Cursor): Matcher['operator'] | undefined {
  for (const operator of ['=', '!=', '=~', '!~'] as const) if (cursor.accept(operator)) return operator;
  return undefined;
}
