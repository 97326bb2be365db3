import type { Span } from '@lgtm-fleet/diagnostics';

export interface NginxWord {
  /** Without the quotes around it. */
  readonly text: string;
  readonly span: Span;
}

/** `name args;` or `name args { body }`. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly NginxWord[];
  /** Of a block. */
  readonly body?: readonly NginxDirective[];
  /** From its name to its last argument. */
  readonly span: Span;
}

const MAX_DEPTH = 32;
const MAX_DIRECTIVES = 10_000;
const MAX_LOCATIONS = 500;

/** Why a configuration is too large to be read, if it is: each location is held against all around it. */
export function nginxFault(source: string): string | undefined {
  let [directives, locations] = [0, 0];
  for (const [found] of source.matchAll(/[;{]|\blocation\b/g)) {
    if (found === 'location') locations += 1;
    else directives += 1;
    if (directives > MAX_DIRECTIVES) return `it has more directives than the ${MAX_DIRECTIVES} that are read`;
    if (locations > MAX_LOCATIONS) return `it has more locations than the ${MAX_LOCATIONS} that are read`;
  }
  return undefined;
}

/** Reads a configuration of nginx. What is broken is left out: nginx itself says so better. */
export function parseNginx(source: string): readonly NginxDirective[] {
  return body({ source, at: 0 }, 0);
}

interface Cursor {
  readonly source: string;
  at: number;
}

function body(cursor: Cursor, depth: number): readonly NginxDirective[] {
  const found: NginxDirective[] = [];
  let words: NginxWord[] = [];
  const close = (inner?: readonly NginxDirective[]): void => {
    const [name, ...args] = words;
    words = [];
    if (name === undefined) return;
    const span = { start: name.span.start, end: (args.at(-1) ?? name).span.end };
    found.push({ name: name.text, args, span, ...(inner !== undefined && { body: inner }) });
  };
  for (;;) {
    skipBlank(cursor);
    const mark = cursor.source[cursor.at];
    if (mark === undefined) return found;
    if (mark === '}' || mark === ';' || mark === '{') cursor.at += 1;
    if (mark === '}') return found;
    if (mark === ';') close();
    else if (mark === '{') close(depth < MAX_DEPTH ? body(cursor, depth + 1) : []);
    else words.push(word(cursor));
  }
}

const BLANK = /\s+|#[^\n]*/y;

function skipBlank(cursor: Cursor): void {
  // One at a time: a repeated repetition keeps a way back from each round, for megabytes of comments.
  BLANK.lastIndex = cursor.at;
  while (BLANK.test(cursor.source)) cursor.at = BLANK.lastIndex;
}

function word(cursor: Cursor): NginxWord {
  const pattern = /"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)'|(?:\$\{\w{0,100}\}|\\[^]|[^\s;{}])+/y;
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.source);
  const raw = match?.[0] ?? cursor.source[cursor.at] ?? '';
  const span = { start: cursor.at, end: cursor.at + raw.length };
  cursor.at = span.end;
  return { text: match?.[1] ?? match?.[2] ?? raw, span };
}

/** Every directive, each with the blocks around it from the outside. */
export function directivesOf(
  body: readonly NginxDirective[],
  within: readonly NginxDirective[] = [],
): readonly { readonly directive: NginxDirective; readonly within: readonly NginxDirective[] }[] {
  return body.flatMap((directive) => [
    { directive, within },
    ...(directive.body === undefined ? [] : directivesOf(directive.body, [...within, directive])),
  ]);
}
