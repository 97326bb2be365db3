/** Where in a text a value stands. */
export interface Value {
  readonly start: number;
  readonly end: number;
}

/** How the line, or the text in quotes, begins in which a name comes first. */
export interface Line {
  /** A line break or a quote, as it is escaped. */
  readonly opener: string;
  readonly indent: number;
}

/** A text in three quotes may have many lines, but not the rest of a file. */
const LONGEST = 65_536;
const QUOTE = /\\*(["'`])/y;
const BLOCK = /[|>][-+0-9]{0,2}[ \t]{0,64}(?=\r?\n|\\+n)/y;
const INDENTED = /(\r?\n|\\+n)((?:[ \t]|\\t)*)/y;
const LIST = /\[[^\]\r\n]*/y;
const WORD = /(?:(?!\\+[nr"'`])[^\s"'`])+/y;
/** A word with its scheme before it, which is not the next of a line of pairs. */
const SCHEMED = /(?:[A-Za-z][\w-]{0,31} {1,8}(?![\w.-]{1,64}=[^=\s]))?(?:(?!\\+[nr"'`])[^\s"'`])+/y;
/** Schemes whose credential is a list of parameters. */
const PARAMETERS = /(?:AWS4-|Digest |OAuth |Hawk |Signature )/iy;
/** `msg="x"`: the next of a line of pairs. */
const PAIR = /\s[\w.-]{1,64}=/;
/** What a text around a value may end it with, and what has to stand before that to make it a part of the value. */
const TRAILING: ReadonlyMap<string, string> = new Map([
  [',', ''],
  [';', ''],
  ['}', '{'],
  [']', '['],
  [')', '('],
]);
const FLAG = /(?<![\w-])--?[\w.-]{0,64}$/;
/** Between a flag and its value, which may be the next of a list in JSON or in YAML. */
const GAP = /(?:[ \t]{1,64}|\\*["'],\s{0,256}(?=\\*["'])|\\*["']?(?:\r?\n|\\+n)[ \t]{0,64}- )/y;

/** A value in quotes, which may be escaped because the text stands in quotes itself. */
export function quoted(text: string, at: number): Value | undefined {
  const open = matchAt(QUOTE, text, at);
  if (open === undefined) return undefined;
  const [all, quote = ''] = open;
  const start = at + all.length;
  if (text.startsWith(all + all, start)) {
    const inner = start + 2 * all.length;
    const close = text.slice(inner, inner + LONGEST).indexOf(all.repeat(3));
    return { start: inner, end: close === -1 ? endOf(text, inner, '\n') : inner + close };
  }
  // Quotes that were doubled, as tables escape them: `""hunter2""`.
  if (text.startsWith(all, start) && /\w/.test(text[start + all.length] ?? '')) return quoted(text, start);
  const escapes = all.length - 1;
  const ends = new RegExp(`(\\\\*)${quote}|\\r?\\n`, 'g');
  ends.lastIndex = start;
  for (let found = ends.exec(text); found !== null; found = ends.exec(text)) {
    const { index, 1: run } = found;
    if (run === undefined) return { start, end: index };
    // Of more backslashes than the first had, the quote is a part of the value; so is one that stands twice.
    if (run.length % (2 * escapes + 2) === 2 * escapes + 1) continue;
    if (quote === "'" && text[ends.lastIndex] === "'") ends.lastIndex += 1;
    else return { start, end: index + Math.max(0, run.length - escapes) };
  }
  return { start, end: text.length };
}

/** A value without quotes: to the end of the line that it is all of, of the block below it, or of the word. */
export function unquoted(
  text: string,
  start: number,
  about: {
    readonly line: Line | undefined;
    readonly isHeader: boolean;
    /** `name=value`, beside which others may stand. */
    readonly isPair: boolean;
  },
): Value | undefined {
  const { line, isHeader, isPair } = about;
  // As Go shows a header: `[GenieKey abc]`.
  const list = matchAt(LIST, text, start);
  if (list !== undefined) return { start: start + 1, end: start + list[0].length };
  const isWhole = isHeader && matchAt(PARAMETERS, text, start) !== undefined;
  if (line === undefined && !isWhole) return trimmed(start, matchAt(isHeader ? SCHEMED : WORD, text, start)?.[0]);
  const { opener, indent } = line ?? { opener: '\\n', indent: 0 };
  const block = matchAt(BLOCK, text, start);
  if (block !== undefined) return blockBelow(text, start + block[0].length, indent);
  const rest = text.slice(start, endOf(text, start, opener));
  if (rest.trim() === '') return below(text, start + rest.length, indent);
  const pair = isPair ? PAIR.exec(rest) : null;
  return trimmed(start, pair === null ? rest : rest.slice(0, pair.index));
}

/** `--password hunter2`, also where the two stand in a list of arguments. */
export function flagged(text: string, index: number, after: number): Value | undefined {
  if (!FLAG.test(text.slice(Math.max(0, index - 80), index))) return undefined;
  const gap = matchAt(GAP, text, after);
  if (gap === undefined) return undefined;
  const start = after + gap[0].length;
  const value = quoted(text, start) ?? trimmed(start, matchAt(WORD, text, start)?.[0]);
  return value === undefined || text[value.start] === '-' ? undefined : value;
}

/** All that is deeper than the name. */
function blockBelow(text: string, at: number, indent: number): Value | undefined {
  let value: Value | undefined;
  let found = matchAt(INDENTED, text, at);
  while (found !== undefined) {
    const [all, opener = '', space = ''] = found;
    const start = found.index + all.length;
    const end = endOf(text, start, opener);
    if (end > start && widthOf(space) <= indent) break;
    if (end > start) value = { start: value?.start ?? start, end };
    found = matchAt(INDENTED, text, end);
  }
  return value;
}

/** A value that was put on the line below its name. */
function below(text: string, at: number, indent: number): Value | undefined {
  const found = matchAt(INDENTED, text, at);
  if (found === undefined || widthOf(found[2] ?? '') <= indent) return undefined;
  const start = at + found[0].length;
  const value = quoted(text, start) ?? { start, end: endOf(text, start, found[1] ?? '') };
  const line = text.slice(start, value.end + 16);
  // It has names of its own.
  return /^(?:- |[#{[])|^[\w."'\\-]{1,128}\s{0,8}[:=](?:[\s\\]|$)/.test(line) ? undefined : value;
}

/** Where a line ends whose beginning is escaped like this. */
function endOf(text: string, start: number, opener: string): number {
  const isRaw = opener.endsWith('\n');
  const isBroken = opener.endsWith('n');
  const ends = isRaw ? /\r?\n/g : /\r?\n|\\+n|(\\*)(["'`])/g;
  ends.lastIndex = start;
  for (let found = ends.exec(text); found !== null; found = ends.exec(text)) {
    const { index, 1: run, 2: quote } = found;
    if (run === undefined) return index;
    // A quote of as few backslashes as the one around it.
    if (
      isBroken ? quote === '"' && run.length < opener.length - 1 : quote === opener.at(-1) && run.length < opener.length
    )
      return index;
  }
  return text.length;
}

function widthOf(space: string): number {
  return space.replaceAll('\\t', '\t').length;
}

function trimmed(start: number, value: string | undefined): Value | undefined {
  if (value === undefined) return undefined;
  const text = value.trimEnd();
  let { length } = text;
  while (text.length - length < 64) {
    const pair = TRAILING.get(text[length - 1] ?? '');
    if (pair === undefined || (pair !== '' && text.lastIndexOf(pair, length) !== -1)) break;
    length -= 1;
  }
  return { start, end: start + length };
}

function matchAt(shape: RegExp, text: string, at: number): RegExpExecArray | undefined {
  shape.lastIndex = at;
  return shape.exec(text) ?? undefined;
}
