import { visible } from './format.ts';

/*
 * Text of unknown origin for a comment on GitHub. What it must not become: HTML, a link or an image, a
 * mention, a reference to an issue or a commit, another cell, row, list or heading, the end of its block.
 *
 * Escapes are entities, not backslashes: CommonMark never reads an entity as structure, in a table, in
 * HTML or at the start of a line. GitHub looks for mentions, references and bare addresses after that, in
 * the text that the entities have become; a zero width space inside them is what stops it.
 */
const BREAK = '&#8203;';
const HOSTILE = /[\\`*_[\]<>|~&$^]|[@#]|:(?=\/\/|[\w+-]+:)|www(?=\.)|GH-(?=\d)|\b(?=\w*\d)(?=\w*[a-f])[\da-f]{7,}\b/gi;
const STRUCTURE = /^[\\`*_[\]<>|~&$^]$/;
const LINE_START = /^(?:[-+=:]|\d+[.)])/;

/** Text in one line, nothing of which is Markdown. */
export function markdownText(text: string): string {
  return visible(text)
    .trim()
    .replace(HOSTILE, (found) => {
      if (STRUCTURE.test(found)) return entity(found);
      // What looks like a commit is as likely a digest, and stays readable.
      return found.length < 7 ? found + BREAK : found.replace(/.{6}/g, `$&${BREAK}`);
    })
    .replace(LINE_START, (start) => start.slice(0, -1) + entity(start.slice(-1)));
}

/** Text in one line; what stands between backquotes is code, and nothing else is Markdown. For a table see {@link markdownCell}. */
export function markdownInline(text: string): string {
  return quoted(text, markdownCode);
}

/** As {@link markdownInline}, for a cell of a table. A bar would end the cell inside code too, so such code is plain text. */
export function markdownCell(text: string): string {
  return quoted(text, (code) => (code.includes('|') ? markdownText(code) : markdownCode(code)));
}

/** The whole text as code in one line, whatever backquotes it has. Not for a table if it may have a bar. */
export function markdownCode(text: string): string {
  const code = visible(text);
  if (code === '') return '';
  const fence = '`'.repeat(longestRun(code) + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(code) ? ' ' : '';
  return fence + pad + code + pad + fence;
}

/** Lines of text as a block of code that only its own last line ends. */
export function markdownBlock(text: string): string {
  const lines = text.split('\n').map(visible);
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** Text in one line as code in HTML, for where Markdown is not read: in `<summary>`. */
export function markdownHtmlCode(text: string): string {
  return `<code>${visible(text).replace(/[^\w ./-]/g, (character) => (character < '\u0080' ? entity(character) : character))}</code>`;
}

function quoted(text: string, code: (text: string) => string): string {
  const parts = visible(text).trim().split('`');
  // The last backquote of an odd number opens nothing.
  const closed = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('`')];
  return closed
    .map((part, index) => {
      if (index % 2 === 1) return part === '' ? markdownText('``') : code(part);
      const inner = index > 0 && index < closed.length - 1;
      // Two codes without anything between would run into one.
      return part === '' && inner ? BREAK : spaced(part);
    })
    .join('');
}

/** {@link markdownText} that keeps the blanks at both ends. */
function spaced(part: string): string {
  const text = part.trim();
  if (text === '') return part;
  const from = part.indexOf(text);
  return part.slice(0, from) + markdownText(text) + part.slice(from + text.length);
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function entity(character: string): string {
  return `&#${String(character.charCodeAt(0))};`;
}
