import { visible } from '@lgtm-fleet/diagnostics';
import type { Phrase } from '../phrase.ts';

const MAX_CHARACTERS = 200;

/** Text of unknown origin on one line, cut where it is long. */
export function oneLine(text: string): string {
  const line = visible(text);
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1).toWellFormed()}…` : line;
}

/**
 * Text of unknown origin in Markdown: a code span, in which GitHub reads neither HTML nor links, images, `@mentions`,
 * `#references` nor emphasis. The fence is longer than any run of backquotes in the text, and the text is one line, so
 * nothing in it ends the span.
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (line.trim() === '') return '`(empty)`';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = longest > 0 || line.startsWith(' ') || line.endsWith(' ') ? ` ${line} ` : line;
  return `${fence}${padded}${fence}`;
}

/** A sentence in Markdown: our words as they are, every value as code. */
export function markdown(phrase: Phrase): string {
  return phrase.map((piece) => (typeof piece === 'string' ? piece : code(piece.value))).join('');
}

/** A sentence for a terminal, which obeys nothing that a value says. */
export function terminal(phrase: Phrase): string {
  return phrase.map((piece) => (typeof piece === 'string' ? piece : oneLine(piece.value))).join('');
}
