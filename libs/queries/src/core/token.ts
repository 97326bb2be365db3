/** A word of a query. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'end';
  /** As it is written, quotes included; empty at the end. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Grafana fills in a part of it (or all of it), so nobody knows what it will say. */
  readonly variable: boolean;
}

// Bounded, for every `$` of a long text begins a search of its own.
const VARIABLE = /\$\$?(?:\{[A-Za-z_][\w.]{0,100}(?::[^}\n]{0,100})?\}|[A-Za-z_]\w*)|\[\[\w{1,100}(?::\w{1,100})?\]\]/y;

/** Where a variable of Grafana that starts here ends; a data source's file writes `$$` for `$`. */
export function variableEnd(text: string, start: number): number | undefined {
  return matchEnd(VARIABLE, text, start);
}

/** Where the match that starts here ends. The expression is sticky. */
export function matchEnd(expression: RegExp, text: string, start: number): number | undefined {
  expression.lastIndex = start;
  return expression.test(text) && expression.lastIndex > start ? expression.lastIndex : undefined;
}

/** Whether a variable stands anywhere in it. */
export function hasVariable(text: string): boolean {
  for (let at = text.search(/[$[]/); at >= 0 && at < text.length; at += 1)
    if (variableEnd(text, at) !== undefined) return true;
  return false;
}

/** Where a quoted text ends, its last quote included; none where it is not closed. */
export function quotedEnd(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === quote) return at + 1;
    if (quote === '`') continue;
    if (text[at] === '\n') return undefined;
    if (text[at] === '\\') at += 1;
  }
  return undefined;
}

/** The tokens of a text, with what `space` matches left out between them; `tokenAt` says what starts at a place. */
export function tokensOf(text: string, space: RegExp, tokenAt: (start: number) => Token): readonly Token[] {
  const skip = (at: number): number => matchEnd(space, text, at) ?? at;
  const tokens: Token[] = [];
  for (let start = skip(0); start < text.length;) {
    const token = tokenAt(start);
    tokens.push(token);
    start = skip(token.end);
  }
  return tokens;
}
