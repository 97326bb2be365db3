import type { AlloyFault, AlloyFile, Block, Identifier, Statement } from './ast.ts';
import { abandoned, fail, isMark, maximumFaults, nested, peek, take, unexpected, type Cursor } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import { scan, type Token } from './scan.ts';

/** Length in UTF-16 units of the longest file that is read: some 8,000 lines, in a second with all that is asked of it. */
export const maximumLength = 256 * 1024;

export interface ParsedFile {
  /** With `complete` false, without the statements that could not be read. */
  readonly file: AlloyFile;
  /** In the order of the file, one a statement, a hundred at most. */
  readonly faults: readonly AlloyFault[];
}

/**
 * Reads a configuration as Alloy 1.18 does (`syntax/scanner` and `syntax/parser` of its sources), in time
 * linear in its length. A longer file, and nesting deeper than 64 levels, is a fault.
 */
export function parseAlloy(source: string): ParsedFile {
  if (source.length > maximumLength) {
    const message = `the file has ${source.length} characters; ${maximumLength} are read at most`;
    return {
      file: { source, body: [], comments: [], complete: false },
      faults: [{ message, span: { start: 0, end: 0 } }],
    };
  }
  const { tokens, comments, faults } = scan(source);
  const state: State = { tokens, faults: [], heights: new WeakMap(), at: 0, depth: 0, source, outermost: false };
  const body = parseBody(state);
  const all = [...faults, ...state.faults].sort((left, right) => left.span.start - right.span.start);
  return {
    file: { source, body, comments, complete: all.length === 0 },
    faults: all.slice(0, maximumFaults),
  };
}

interface State extends Cursor {
  readonly source: string;
  /** A component begins here although blocks are still open: they end, and one fault says so. */
  outermost: boolean;
}

/** Statements up to the `}` of `opener`, or to the end of the file. */
function parseBody(state: State, opener?: Token): readonly Statement[] {
  const statements: Statement[] = [];
  while (peek(state).kind !== 'end') {
    if (opener !== undefined && (isMark(peek(state), '}') || state.outermost)) break;
    state.outermost = false;
    const start = state.at;
    try {
      statements.push(parseStatement(state));
      endStatement(state, opener);
    } catch (error) {
      if (error !== abandoned) throw error;
      state.at = state.faults.length >= maximumFaults ? state.tokens.length - 1 : state.at;
      skipStatement(state, start, opener !== undefined);
    }
  }
  return statements;
}

function endStatement(state: State, opener: Token | undefined): void {
  const token = peek(state);
  if (token.kind === 'terminator') take(state);
  else if (token.kind !== 'end' && !state.outermost && !(opener !== undefined && isMark(token, '}'))) {
    const before = state.tokens[state.at - 1];
    const duration = before?.kind === 'number' && token.kind === 'identifier';
    const help = duration ? `a duration or size is a string: \`"${before.text}${token.text}"\`` : undefined;
    unexpected(state, 'the end of the line', help);
  }
}

function parseStatement(state: State): Statement {
  const first = peek(state);
  const name = parseName(state);
  const next = peek(state);
  if (isMark(next, '=')) {
    if (name.name.includes('.')) fail(state, 'the name of an argument has no dots', name.span);
    take(state);
    const value = parseExpression(state);
    return { kind: 'attribute', name, value, span: { start: first.span.start, end: value.span.end } };
  }
  const label = next.kind === 'string' ? parseLabel(state) : undefined;
  const open = peek(state);
  if (!isMark(open, '{')) {
    const expected = label !== undefined ? '`{`' : name.name.includes('.') ? 'a label or `{`' : '`=`, a label or `{`';
    unexpected(state, expected, open.kind === 'terminator' ? 'it has to stand on the same line' : undefined);
  }
  return parseBlock(state, name, label);
}

function parseName(state: State): Identifier {
  const first = peek(state);
  if (isMark(first, '}')) fail(state, '`}` that closes nothing', first.span);
  const names: string[] = [];
  for (;;) {
    const token = peek(state);
    if (token.kind !== 'identifier') unexpected(state, 'a name');
    names.push(token.text);
    take(state);
    if (!isMark(peek(state), '.'))
      return { name: names.join('.'), span: { start: first.span.start, end: token.span.end } };
    take(state);
  }
}

function parseLabel(state: State): Identifier | undefined {
  const { text, span } = take(state);
  const name = text.slice(1, -1);
  if (!text.startsWith('"')) fail(state, 'a label stands in double quotes', span);
  if (name !== '' && (!/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) || ['null', 'true', 'false'].includes(name)))
    fail(state, 'a label has letters, digits and `_` only, and no digit first', span);
  return name === '' ? undefined : { name, span };
}

function parseBlock(state: State, name: Identifier, label: Identifier | undefined): Block {
  const opener = take(state);
  const body = nested(state, opener, () => parseBody(state, opener));
  const open = opener.span;
  const span = (end: number): Block['span'] => ({ start: name.span.start, end });
  const block = { kind: 'block', name, ...(label === undefined ? {} : { label }), body, open } as const;
  if (isMark(peek(state), '}') && !state.outermost) {
    const close = take(state).span;
    return { ...block, close, span: span(close.end) };
  }
  // What could be read of it stays in the tree, and so do its neighbours.
  const { start } = peek(state).span;
  if (!state.outermost) state.faults.push({ message: '`{` that nothing closes', span: open, help: 'add `}`' });
  return { ...block, close: { start, end: start }, span: span(start) };
}

const closerOf: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/**
 * Goes from the start of a statement that could not be read past its end: to the end of a line outside of
 * its brackets, to the `}` of its block, or where a component begins at the left edge, whatever is still open.
 */
function skipStatement(state: State, start: number, inBlock: boolean): void {
  const failedAt = state.at;
  const open: string[] = [];
  for (state.at = start; ; state.at += 1) {
    const token = peek(state);
    const past = state.at >= failedAt;
    if (token.kind === 'end') return;
    if (past && state.at > start && beginsComponent(state)) {
      state.outermost = true;
      return;
    }
    if (past && token.kind === 'terminator' && open.length === 0) {
      state.at += 1;
      return;
    }
    if (token.kind !== 'mark') continue;
    const closer = closerOf[token.text];
    if (closer !== undefined) open.push(closer);
    else if (open.at(-1) === token.text) open.pop();
    else if (token.text === '}') {
      // A brace closes what was left open within its own pair.
      const pair = open.lastIndexOf('}');
      if (pair === -1 && inBlock && past) return;
      open.length = Math.max(0, pair);
    }
  }
}

/** `name.name "label" {` at the left edge. */
function beginsComponent(state: State): boolean {
  const first = peek(state);
  if (first.kind !== 'identifier' || !(first.span.start === 0 || state.source[first.span.start - 1] === '\n'))
    return false;
  for (let at = state.at + 1; at < state.at + 16; at += 1) {
    const token = state.tokens[at];
    if (token === undefined) return false;
    if (isMark(token, '{')) return true;
    if (token.kind !== 'identifier' && token.kind !== 'string' && !isMark(token, '.')) return false;
  }
  return false;
}
