import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { YAMLError } from 'yaml';
import { CLOSE, lex, OPEN } from './lex.ts';
import { error, type SourceFile } from './source.ts';

/** What the parser refuses, in words for people and at the place where the mistake is, not where it was noticed. */
export function syntax(source: SourceFile, { code, message, pos: [start, end] }: YAMLError): Diagnostic {
  const { text } = source;
  const say = (says: string, from: number, to: number, help?: string): Diagnostic =>
    error(source, 'invalid-yaml', says, from, Math.min(Math.max(to, from + 1), lineEnd(text, from + 1)), help);
  if (code === 'TAB_AS_INDENT') return say('a tab cannot indent', start, start + 1, 'indent with spaces');
  if (/^Missing closing ["']/.test(message)) {
    const quoted = [...lex(text)].find((word) => word.type.endsWith('quoted-scalar') && word.end >= start);
    if (quoted)
      return say(
        'this quote is never closed',
        quoted.start,
        quoted.start + 1,
        'put the same quote at the end of the text',
      );
  }
  if (/flow (map|sequence|collection)/i.test(message) && /end with|block collection/i.test(message)) {
    const open = lastOpen(text, start);
    const closing = text[open ?? 0] === '{' ? '}' : ']';
    if (open !== undefined)
      return say(`this \`${text[open] ?? ''}\` is never closed`, open, open + 1, `put a \`${closing}\` at its end`);
  }
  if (code === 'MULTILINE_IMPLICIT_KEY')
    return say(
      'this is no `key: value`',
      firstInk(text, start),
      end,
      'each line of a map has one `:`, with a space after it',
    );
  const at = Math.min(firstInk(text, start), Math.max(0, text.trimEnd().length - 1));
  if (message.startsWith('All mapping items must start'))
    return say(
      'this line is indented unlike those beside it',
      at,
      lineEnd(text, at),
      'indent the keys of one map alike',
    );
  return say(sentence(message), at, end);
}

/** Offset of the innermost bracket that is open at an offset. */
function lastOpen(text: string, until: number): number | undefined {
  const open: number[] = [];
  for (const { type, start } of lex(text)) {
    if (start >= until) break;
    if (OPEN.has(type)) open.push(start);
    if (CLOSE.has(type)) open.pop();
  }
  return open.at(-1);
}

function firstInk(text: string, offset: number): number {
  const spaces = /^ */.exec(text.slice(offset, offset + 300))?.[0].length ?? 0;
  return offset + spaces;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? Math.max(offset, text.length) : end;
}

function sentence(message: string): string {
  const first = (message.split('\n')[0] ?? message).replace(/[.:]$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
