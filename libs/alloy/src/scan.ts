import type { Span } from '@lgtm-fleet/diagnostics';
import type { AlloyFault, Comment } from './ast.ts';

export type TokenKind =
  'identifier' | 'null' | 'bool' | 'number' | 'string' | 'mark' | 'terminator' | 'end' | 'illegal';

export interface Token {
  readonly kind: TokenKind;
  /** As written; empty at the end of a line and of the file. */
  readonly text: string;
  readonly span: Span;
}

export interface Scan {
  /** The last one is `end`. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly faults: readonly AlloyFault[];
}

const word = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d*)?/y;
const doubleMarks = new Set(['||', '&&', '==', '!=', '<=', '>=']);
const marks = new Set('-+*/%^!=<>{}()[],.');
const lineComment = /\/\/[^\n]*/y;
// Up to the closing quote, the end of the line (quoted) or of the file (raw).
const quoted = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*("?)/y;
const raw = /`[^`]*(`?)/y;
const singleQuoted = /'[^'\n]*'?/y;
const escape = /\\(?:[abfnrtv\\"]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|)/g;
// NUL, a byte order mark that is not the first character, half of a character.
const nowhere = /\0|(?!^)\ufeff|\p{Cs}/u;
const bracketsThatEnd = new Set(['}', ')', ']']);

/** Past this many faults the rest of the file is not read. */
const enough = 100;

/** Splits a file into tokens; a `terminator` ends a statement where a line ends and the token before allows it. */
export function scan(source: string): Scan {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const faults: AlloyFault[] = [];
  let at = source.startsWith('\ufeff') ? 1 : 0;
  let ends = false;

  const push = (kind: TokenKind, length: number): void => {
    const span = { start: at, end: at + length };
    const text = source.slice(span.start, span.end);
    tokens.push({ kind, text, span });
    ends = kind !== 'mark' || bracketsThatEnd.has(text);
    at = span.end;
  };
  const endLine = (): void => {
    if (ends) tokens.push({ kind: 'terminator', text: '', span: { start: at, end: at } });
    ends = false;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };

  while (at < source.length && faults.length < enough) {
    const first = source[at] ?? '';
    const second = source[at + 1] ?? '';
    const found = (pattern: RegExp): number => match(pattern)?.[0].length ?? 0;
    // What is most frequent comes first, and without a regular expression.
    if (first === ' ' || first === '\t' || first === '\r') {
      at += 1;
    } else if (first === '\n') {
      endLine();
      at += 1;
    } else if (first === '/' && (second === '/' || second === '*')) {
      const comment = readComment(source, at, found(lineComment), faults);
      comments.push(comment);
      if (comment.text.includes('\n')) endLine();
      at = comment.span.end;
    } else if (doubleMarks.has(first + second)) {
      push('mark', 2);
    } else if (marks.has(first) && !(first === '.' && isDigit(second))) {
      push('mark', 1);
    } else if (first === '.' || isDigit(first)) {
      push('number', found(number));
      const token = tokens.at(-1);
      if (token !== undefined && /[eE][+-]?$/.test(token.text))
        faults.push({ message: 'an exponent without digits', span: token.span });
    } else if (first === '"' || first === '`') {
      const string = match(first === '"' ? quoted : raw);
      push('string', string?.[0].length ?? 1);
      const token = tokens.at(-1);
      if (token !== undefined) for (const fault of faultsOfString(token, string?.[1] !== '')) faults.push(fault);
    } else if (first === "'") {
      push('illegal', found(singleQuoted));
      const span = tokens.at(-1)?.span ?? { start: at, end: at };
      faults.push({ message: 'a string in single quotes', span, help: 'use double quotes' });
    } else if (found(word) > 0) {
      const text = match(word)?.[0] ?? '';
      push(text === 'null' ? 'null' : text === 'true' || text === 'false' ? 'bool' : 'identifier', text.length);
    } else {
      const before: boolean = ends;
      const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
      push('illegal', character.length);
      ends = before;
      const span = { start: at - character.length, end: at };
      // Those that stand nowhere are found once, below.
      if (!nowhere.test(character) && character !== '\ufeff')
        faults.push({ message: `\`${character}\` means nothing here`, span });
    }
  }
  endLine();
  tokens.push({ kind: 'end', text: '', span: { start: source.length, end: source.length } });
  return { tokens, comments, faults: [...faultOfCharacters(source), ...faults] };
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

function readComment(source: string, start: number, line: number, faults: AlloyFault[]): Comment {
  const close = source.startsWith('/*', start) ? source.indexOf('*/', start + 2) : -1;
  const isLine = source.startsWith('//', start);
  const end = isLine ? start + line : close === -1 ? source.length : close + 2;
  if (!isLine && close === -1)
    faults.push({ message: 'a block comment that nothing closes', span: { start, end: start + 2 }, help: 'add `*/`' });
  return { text: source.slice(start, end).replaceAll('\r', ''), span: { start, end } };
}

function faultsOfString(token: Token, closed: boolean): readonly AlloyFault[] {
  const { start } = token.span;
  if (!closed) {
    const help = token.text.startsWith('"') ? 'a string over several lines stands in backticks' : 'add a backtick';
    return [{ message: 'a string that nothing closes', span: { start, end: start + 1 }, help }];
  }
  if (token.text.startsWith('`')) return [];
  const faults: AlloyFault[] = [];
  for (const found of token.text.matchAll(escape)) {
    const [text] = found;
    const point = text[1] === 'u' || text[1] === 'U' ? Number.parseInt(text.slice(2), 16) : 0;
    const octal = /^\\[0-7]/.test(text) ? Number.parseInt(text.slice(1), 8) : 0;
    if (text.length > 1 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000) && octal <= 0xff) continue;
    const at = start + found.index;
    const help = 'a backslash is written `\\\\`, or the string stands in backticks';
    faults.push({ message: 'an escape that Alloy does not know', span: { start: at, end: at + 2 }, help });
  }
  return faults;
}

function faultOfCharacters(source: string): readonly AlloyFault[] {
  const found = nowhere.exec(source);
  if (found === null) return [];
  const span = { start: found.index, end: found.index + 1 };
  return [{ message: 'a character that may stand nowhere in a file', span, help: 'is it a text file in UTF-8?' }];
}
