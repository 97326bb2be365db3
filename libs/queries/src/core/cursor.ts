import { type Span, visible } from '@lgtm-fleet/diagnostics';
import { error, limits, type Parsed, type QueryFault } from './fault.ts';
import type { Token } from './token.ts';

/** A walk over the words of a query, for a parser by recursive descent. */
export interface Cursor {
  /** The word here, or `ahead` words further; the end repeats. */
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Steps over the symbol or word and says whether it was there. */
  readonly accept: (text: string) => Token | undefined;
  /** Steps over what must be there; `for_` names it in the message. */
  readonly expect: (text: string, for_?: string) => Token;
  /** As `expect`, for a bracket: where the query ends too early, the one that opened is shown. */
  readonly close: (opened: Token, text: string) => Token;
  /** End of the last word stepped over. */
  readonly lastEnd: () => number;
  /** Runs it one level deeper. */
  readonly nest: <Value>(run: () => Value) => Value;
  /** Counts an operator; too many end the reading. */
  readonly operator: (at: Span) => void;
  readonly fail: (fault: QueryFault) => never;
  /** Ends the reading: this word is not what stands here. */
  readonly unexpected: (expected: string) => never;
}

export function createCursor(tokens: readonly Token[], end: number): Cursor {
  let at = 0;
  let depth = 0;
  let operators = 0;
  const last: Token = { kind: 'end', text: '', start: end, end, variable: false };
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? last;
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const unexpected = (expected: string): never => fail(unexpectedToken(peek(), expected));
  const accept = (text: string): Token | undefined =>
    peek().text === text && peek().kind !== 'string' && peek().kind !== 'end' ? next() : undefined;
  return {
    peek,
    next,
    accept,
    expect: (text, for_) => accept(text) ?? unexpected(for_ ?? `\`${text}\``),
    close: (opened, text) => {
      if (peek().kind === 'end') return fail(neverClosed(opened));
      return accept(text) ?? unexpected(`\`${text}\``);
    },
    lastEnd: () => tokens[at - 1]?.end ?? 0,
    nest: (run) => {
      depth += 1;
      if (depth > limits.depth) fail(tooDeep(peek()));
      const value = run();
      depth -= 1;
      return value;
    },
    operator: (place) => {
      operators += 1;
      if (operators > limits.operators) fail(tooDeep(place));
    },
    fail,
    unexpected,
  };
}

/** Ends the reading of a query; `reading` turns it into a fault. */
export function fail(fault: QueryFault): never {
  const end = new Error(fault.message);
  faultOf.set(end, fault);
  throw end;
}

const faultOf = new WeakMap<Error, QueryFault>();

/** Reads the words by `read`; what `fail` threw becomes the one fault. */
export function reading<Tree>(text: string, read: () => Tree): Parsed<Tree> {
  if (text.length > limits.length) {
    const span = { start: 0, end: text.length };
    const message = `the query has ${text.length} characters; more than ${limits.length} are not read`;
    return { tree: undefined, faults: [error('query-too-long', message, span)] };
  }
  try {
    return { tree: read(), faults: [] };
  } catch (thrown) {
    const fault = thrown instanceof Error ? faultOf.get(thrown) : undefined;
    if (fault === undefined) throw thrown;
    return { tree: undefined, faults: [fault] };
  }
}

/** A character that no word starts with, or a text that is not closed. */
export function unreadable(text: string, start: number): never {
  const quote = /["'`]/.test(text[start] ?? '');
  const span = { start, end: start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1) };
  if (quote) return fail(error('unclosed-string', 'this text is never closed', span));
  const help =
    text[start] === '$' ? 'Grafana fills variables in only where it asks itself, as for a dashboard' : undefined;
  return fail(syntax(`unexpected ${shown(text.slice(span.start, span.end))}`, span, help));
}

export function syntax(message: string, span: Span, help?: string): QueryFault {
  return error('query-syntax', message, span, help);
}

function unexpectedToken(token: Token, expected: string): QueryFault {
  if (token.kind === 'end') return syntax(`the query ends where ${expected} must follow`, token);
  return syntax(`unexpected ${shown(token.text)}; ${expected} must stand here`, token);
}

function neverClosed(opened: Token): QueryFault {
  return error('unclosed-bracket', `this \`${opened.text}\` is never closed`, opened);
}

function tooDeep(at: Span): QueryFault {
  return error('query-too-deep', 'the query nests too deep to be read', at, 'record its parts by rules of their own');
}

/** A word of the query as a message shows it. */
export function shown(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `\`${visible(short)}\``;
}
