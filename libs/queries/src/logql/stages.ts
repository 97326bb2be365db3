import type { Cursor } from '../core/cursor.ts';
import { stringName, wordName } from '../core/names.ts';
import type { Matcher, Name } from '../core/parts.ts';
import { readLabelFilters } from './filters.ts';
import { readLabel } from './grouping.ts';
import { readComparison } from './log.ts';
import type { Stage } from './tree.ts';
import { CONVERSIONS } from './words.ts';

const LINE = ['|=', '|~', '|>', '!=', '!~', '!>'];

/** Everything behind the selector. A `|` that is the `or` of lines belongs to its filter. */
export function readStages(cursor: Cursor): readonly Stage[] {
  const stages: Stage[] = [];
  for (;;) {
    const token = cursor.peek();
    // `{…} != "x"` filters lines; `rate(…) != 5` compares, but stands behind a bracket.
    if (token.kind === 'symbol' && LINE.includes(token.text)) stages.push(readLineFilter(cursor));
    else if (token.text === '|') {
      cursor.operator(cursor.next());
      stages.push(readStage(cursor, token.start));
    } else return stages;
  }
}

function readLineFilter(cursor: Cursor): Stage {
  const token = cursor.next();
  cursor.operator(token);
  const texts = [readLineText(cursor)];
  while (cursor.peek().text.toLowerCase() === 'or' && isLineText(cursor)) {
    cursor.operator(cursor.next());
    texts.push(readLineText(cursor));
  }
  return { kind: 'line', operator: token.text, texts, start: token.start, end: cursor.lastEnd() };
}

function isLineText(cursor: Cursor): boolean {
  const token = cursor.peek(1);
  return token.kind === 'string' || token.text.toLowerCase() === 'ip' || (token.kind === 'word' && token.variable);
}

function readLineText(cursor: Cursor): Name & { readonly ip: boolean } {
  const token = cursor.peek();
  if (token.kind === 'word' && token.variable) return { ...wordName(cursor.next()), ip: false };
  if (token.text.toLowerCase() !== 'ip' || token.kind === 'string') return { ...stringName(cursor), ip: false };
  return { ...readIp(cursor), ip: true };
}

/** `ip("10.0.0.0/8")` */
export function readIp(cursor: Cursor): Name {
  cursor.next();
  const opened = cursor.expect('(');
  const text = stringName(cursor);
  cursor.close(opened, ')');
  return text;
}

/** A stage whose `|` stands at `start`. */
function readStage(cursor: Cursor, start: number): Stage {
  const token = cursor.peek();
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  const place = (): { start: number; end: number } => ({ start, end: cursor.lastEnd() });
  if (['json', 'logfmt', 'unpack', 'regexp', 'pattern'].includes(word))
    return { ...readParser(cursor, word), ...place() };
  if (word === 'line_format') {
    cursor.next();
    return { kind: 'line_format', text: stringName(cursor), ...place() };
  }
  if (word === 'label_format') {
    cursor.next();
    return { kind: 'label_format', labels: readFormats(cursor), ...place() };
  }
  if (word === 'decolorize') {
    cursor.next();
    return { kind: 'decolorize', ...place() };
  }
  if (word === 'drop' || word === 'keep') {
    cursor.next();
    return { kind: word, ...readDropped(cursor), ...place() };
  }
  if (word === 'unwrap') return { ...readUnwrap(cursor), ...place() };
  const next = cursor.peek(1);
  if (token.variable && (next.kind === 'end' || /^[|)[]/.test(next.text))) {
    cursor.next();
    return { kind: 'variable', ...place() };
  }
  return { kind: 'label', filters: readLabelFilters(cursor), ...place() };
}

type Part<Kind extends Stage['kind']> = Omit<Extract<Stage, { kind: Kind }>, 'start' | 'end'>;

function readParser(cursor: Cursor, name: string): Part<'parser'> {
  cursor.next();
  if (name === 'regexp' || name === 'pattern') return { kind: 'parser', name, text: stringName(cursor), labels: [] };
  if (name === 'logfmt') while (/^--/.test(cursor.peek().text)) cursor.next();
  const labels: Name[] = [];
  if (name === 'unpack' || cursor.peek().kind !== 'word' || isOperatorWord(cursor))
    return { kind: 'parser', name, text: undefined, labels };
  do {
    labels.push(readLabel(cursor));
    if (cursor.accept('=')) stringName(cursor);
  } while (cursor.accept(','));
  return { kind: 'parser', name, text: undefined, labels };
}

/** A word that joins two queries, or moves the range, and so ends a parser without labels. */
function isOperatorWord(cursor: Cursor): boolean {
  return ['or', 'and', 'unless', 'offset'].includes(cursor.peek().text.toLowerCase());
}

function readFormats(cursor: Cursor): readonly Name[] {
  const labels: Name[] = [];
  do {
    labels.push(readLabel(cursor));
    cursor.expect('=');
    if (cursor.peek().kind === 'string') stringName(cursor);
    else readLabel(cursor);
  } while (cursor.accept(','));
  return labels;
}

function readDropped(cursor: Cursor): { readonly labels: readonly Name[]; readonly matchers: readonly Matcher[] } {
  const labels: Name[] = [];
  const matchers: Matcher[] = [];
  do {
    const label = readLabel(cursor);
    labels.push(label);
    if (/^(?:=|!=|=~|!~)$/.test(cursor.peek().text)) matchers.push({ label, ...readComparison(cursor, label.start) });
  } while (cursor.accept(','));
  return { labels, matchers };
}

function readUnwrap(cursor: Cursor): Part<'unwrap'> {
  cursor.next();
  const token = cursor.peek();
  if (cursor.peek(1).text !== '(') return { kind: 'unwrap', conversion: undefined, label: readLabel(cursor) };
  const conversion = token.text.toLowerCase();
  if (!CONVERSIONS.includes(conversion)) cursor.unexpected('`bytes`, `duration` or `duration_seconds`');
  cursor.next();
  const opened = cursor.expect('(');
  const label = readLabel(cursor);
  cursor.close(opened, ')');
  return { kind: 'unwrap', conversion, label };
}
