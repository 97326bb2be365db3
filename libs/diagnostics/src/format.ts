import { masked } from './credentials.ts';
import type { Diagnostic, Span } from './types.ts';

const MAX_WIDTH = 160;
/** Of more faults than this, the last ones teach nothing new. */
const MAX_SHOWN = 20;
// Control characters, halves of a character, and what hides or turns round the text beside it.
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/gu;

/** Line and column, both from 1, of an offset. Columns count UTF-16 units, as editors do. */
export function positionAt(source: string, offset: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, Math.min(offset, source.length));
  let line = 1;
  let start = 0;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', start)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: before.length - start + 1 };
}

/**
 * One diagnostic for a terminal, in the manner of rustc: the message, the place, the line with carets
 * under the smallest span, and the help apart. Control characters of the source are made visible.
 */
export function formatDiagnostic(diagnostic: Diagnostic, source?: string): string {
  const head = `${diagnostic.severity}[${visible(diagnostic.id)}]: ${visible(masked(diagnostic.message))}`;
  const help = diagnostic.help === undefined ? [] : [{ name: 'help', text: diagnostic.help }];
  const notes = [...help, ...(diagnostic.notes ?? [])].map(({ name, text }) => ` = ${name}: ${visible(text)}`);
  if (diagnostic.span === undefined || source === undefined)
    return [head, ` --> ${visible(diagnostic.file)}`, ...notes.map((text) => ` ${text}`)].join('\n');

  const { line, column } = positionAt(source, diagnostic.span.start);
  const gutter = ' '.repeat(String(line).length);
  return [
    head,
    `${gutter}--> ${visible(diagnostic.file)}:${String(line)}:${String(column)}`,
    ...codeFrame(source, diagnostic.span, diagnostic.label),
    ...notes.map((text) => `${gutter}${text}`),
  ].join('\n');
}

/** The line that a span begins in, with carets under the span, and the label beside them: three lines of text. */
export function codeFrame(source: string, span: Span, label?: string): readonly [string, string, string] {
  const { line, column } = positionAt(source, span.start);
  const begin = Math.min(span.start, source.length) - column + 1;
  const next = source.indexOf('\n', begin);
  const full = source.slice(begin, next === -1 ? source.length : next);
  // A line of a megabyte is shown around its fault only.
  const from = column > MAX_WIDTH / 2 ? column - MAX_WIDTH / 2 : 0;
  // What is shown may end up in a log that more people read. A credential may begin before the part that is shown.
  const before = Math.max(0, from - MAX_WIDTH);
  const around = masked(full.slice(before, from + 2 * MAX_WIDTH));
  const text = visible(around.slice(from - before, from - before + MAX_WIDTH));
  const length = Math.max(1, Math.min(span.end - span.start, full.length - column + 1, MAX_WIDTH / 2));
  const gutter = ' '.repeat(String(line).length);
  const carets = `${' '.repeat(column - 1 - from)}${'^'.repeat(length)}${label === undefined ? '' : ` ${visible(label)}`}`;
  return [`${gutter} |`, `${String(line)} | ${text}`.trimEnd(), `${gutter} | ${carets}`];
}

/** All of them, a blank line between, and a last line that counts. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sourceOf: (file: string) => string | undefined,
): string {
  const counts = countSeverities(diagnostics);
  const shown = diagnostics
    .slice(0, MAX_SHOWN)
    .map((diagnostic) => formatDiagnostic(diagnostic, sourceOf(diagnostic.file)));
  if (diagnostics.length > MAX_SHOWN) shown.push(`… and ${String(diagnostics.length - MAX_SHOWN)} more`);
  return [...shown, counts].join('\n\n');
}

/** `3 errors, 1 warning, 2 info`; empty when there is nothing to count. */
export function countSeverities(diagnostics: readonly Pick<Diagnostic, 'severity'>[]): string {
  const amount = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const info = amount('info');
  return [
    count(amount('error'), 'error'),
    count(amount('warning'), 'warning'),
    info === 0 ? '' : `${String(info)} info`,
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function count(amount: number, noun: string): string {
  if (amount === 0) return '';
  return amount === 1 ? `1 ${noun}` : `${String(amount)} ${noun}s`;
}

/** Text of unknown origin in one line that a terminal only shows, and never obeys. */
export function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(CONTROL, '\u00b7');
}
