import type { Cursor } from './cursor.ts';
import { error } from './fault.ts';
import { unquote } from './quoted.ts';
import type { Token } from './token.ts';
import type { Name } from './parts.ts';

export function wordName(token: Token): Name {
  return { text: token.text, variable: token.variable, start: token.start, end: token.end };
}

/** Steps over a quoted text; its name is what it says, its span has the quotes. */
export function stringName(cursor: Cursor): Name {
  const token = cursor.peek();
  if (token.kind !== 'string') return cursor.unexpected('a text in quotes');
  cursor.next();
  const read = unquote(token.text);
  if (read.ok) return { text: read.value, variable: token.variable, start: token.start, end: token.end };
  const span = { start: token.start + read.start, end: token.start + read.end };
  const help = 'write `\\\\` for a backslash, or put the text into backticks';
  return cursor.fail(error('invalid-escape', 'this escape is none that a text may hold', span, help));
}

/** `(a, b,)`: names of labels, bare or in quotes. */
export function labelNames(cursor: Cursor): readonly Name[] {
  const opened = cursor.expect('(', '`(` and names of labels');
  const names: Name[] = [];
  while (!cursor.accept(')')) {
    if (names.length > 0) {
      if (cursor.peek().text !== ',') cursor.close(opened, ')');
      cursor.next();
      if (cursor.accept(')')) return names;
    }
    const token = cursor.peek();
    if (token.kind === 'end') cursor.close(opened, ')');
    if (token.kind === 'string') names.push(stringName(cursor));
    else if (token.kind === 'word') names.push(wordName(cursor.next()));
    else cursor.unexpected('the name of a label');
  }
  return names;
}
