import type { Diagnostic } from './types.ts';

const MAX_WIDTH = 160;
/** Of more faults than this, the last ones teach nothing new. */
const MAX_SHOWN = 20;
// Control characters, halves of a character, and what hides or turns round the text beside it.
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/gu;

/** Line and column, both from 1, of an offset. Columns count UTF-16 units, as editors do. */
export function positionAt(source: string, offset: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, Math.min(offset, source.length));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}

/**
 * One diagnostic for a terminal, in the manner of rustc: the message, the place, the line with carets
 * under the smallest span, and the help apart. Control characters of the source are made visible.
 */
export function formatDiagnostic(diagnostic: Diagnostic, source?: string): string {
  const head = `${diagnostic.severity}[${diagnostic.id}]: ${visible(diagnostic.message)}`;
  const help = diagnostic.help === undefined ? [] : [`  = help: ${visible(diagnostic.help)}`];
  if (diagnostic.span === undefined || source === undefined)
    return [head, ` --> ${visible(diagnostic.file)}`, ...help].join('\n');

  const { line, column } = positionAt(source, diagnostic.span.start);
  const full = source.split('\n')[line - 1] ?? '';
  // A line of a megabyte is shown around its fault only.
  const from = column > MAX_WIDTH / 2 ? column - MAX_WIDTH / 2 : 0;
  const text = visible(full.slice(from, from + MAX_WIDTH));
  const length = Math.max(
    1,
    Math.min(diagnostic.span.end - diagnostic.span.start, full.length - column + 1, MAX_WIDTH / 2),
  );
  const gutter = ' '.repeat(String(line).length);
  const carets = `${' '.repeat(column - 1 - from)}${'^'.repeat(length)}${diagnostic.label === undefined ? '' : ` ${visible(diagnostic.label)}`}`;
  return [
    head,
    `${gutter}--> ${visible(diagnostic.file)}:${String(line)}:${String(column)}`,
    `${gutter} |`,
    `${String(line)} | ${text}`.trimEnd(),
    `${gutter} | ${carets}`,
    ...help.map((text) => `${gutter}${text.slice(1)}`),
  ].join('\n');
}

/** All of them, a blank line between, and a last line that counts. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sourceOf: (file: string) => string | undefined,
): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const counts = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ');
  const shown = diagnostics
    .slice(0, MAX_SHOWN)
    .map((diagnostic) => formatDiagnostic(diagnostic, sourceOf(diagnostic.file)));
  if (diagnostics.length > MAX_SHOWN) shown.push(`… and ${String(diagnostics.length - MAX_SHOWN)} more`);
  return [...shown, counts].join('\n\n');
}

function count(amount: number, noun: string): string {
  if (amount === 0) return '';
  return amount === 1 ? `1 ${noun}` : `${String(amount)} ${noun}s`;
}

/** Text of unknown origin in one line that a terminal only shows, and never obeys. */
export function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(CONTROL, '\u00b7');
}
