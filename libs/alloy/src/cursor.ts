import type { Span } from '@lgtm-fleet/diagnostics';
import type { AlloyFault, Expression } from './ast.ts';
import type { Token } from './scan.ts';
import { childrenOf } from './walk.ts';

/** Blocks, brackets and operators within each other. */
export const maximumDepth = 64;
/** Of the tree of a value, which long chains make high: `a + b + …`, `a.b.c…`. What walks it may call itself. */
export const maximumHeight = 512;
export const maximumFaults = 100;

/** Thrown where a statement cannot be read any further; nothing outside the parser sees it. */
export const abandoned = new Error('the rest of the statement is skipped');

/** The place of the parser in its tokens, and what it has found wrong. */
export interface Cursor {
  readonly tokens: readonly Token[];
  readonly faults: AlloyFault[];
  /** Of the expressions that hold others. */
  readonly heights: WeakMap<Expression, number>;
  at: number;
  depth: number;
}

export function peek(cursor: Cursor): Token {
  const token = cursor.tokens[cursor.at] ?? cursor.tokens.at(-1);
  if (token === undefined) throw new Error('a scan ends with a token `end`');
  return token;
}

/** The token here, after which the cursor then stands. */
export function take(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind !== 'end') cursor.at += 1;
  return token;
}

export function isMark(token: Token, text: string): boolean {
  return token.kind === 'mark' && token.text === text;
}

/** Notes a fault and gives the statement up. */
export function fail(cursor: Cursor, message: string, span: Span, help?: string): never {
  cursor.faults.push({ message, span, ...(help === undefined ? {} : { help }) });
  throw abandoned;
}

/** Gives the statement up because this token cannot stand here; the scanner has said so of an illegal one. */
export function unexpected(cursor: Cursor, expected: string, help?: string): never {
  const token = peek(cursor);
  if (token.kind === 'illegal') throw abandoned;
  return fail(cursor, `expected ${expected}, found ${describe(token)}`, token.span, help);
}

/** Takes the mark that has to stand here; `opener` is what it closes. */
export function expectMark(cursor: Cursor, text: string, opener?: Token): Token {
  const token = peek(cursor);
  if (isMark(token, text)) return take(cursor);
  if (opener !== undefined && token.kind === 'end')
    return fail(cursor, `\`${opener.text}\` that nothing closes`, opener.span, `add \`${text}\``);
  return unexpected(cursor, `\`${text}\``, opener === undefined ? undefined : `it closes \`${opener.text}\``);
}

/** Reads what stands within the token `opener`, which counts as one level. */
export function nested<T>(cursor: Cursor, opener: Token, read: () => T): T {
  if (cursor.depth >= maximumDepth)
    fail(cursor, `more than ${maximumDepth} levels of blocks, brackets and operators`, opener.span);
  cursor.depth += 1;
  try {
    return read();
  } finally {
    cursor.depth -= 1;
  }
}

/** The same expression, its height noted. */
export function measured(cursor: Cursor, expression: Expression): Expression {
  let height = 0;
  for (const child of childrenOf(expression)) height = Math.max(height, cursor.heights.get(child) ?? 0);
  if (height >= maximumHeight)
    fail(cursor, `a value of more than ${maximumHeight} operations on each other`, expression.span);
  cursor.heights.set(expression, height + 1);
  return expression;
}

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the file';
  if (token.kind === 'terminator') return 'the end of the line';
  if (token.kind === 'string') return 'a string';
  return `\`${token.text.slice(0, 40)}\``;
}
