import { error } from '../core/fault.ts';
import { fail, unreadable } from '../core/cursor.ts';
import { hasVariable, matchEnd, quotedEnd, tokensOf, variableEnd, type Token } from '../core/token.ts';

const SPACE = /(?:[ \t\r\n]|#[^\n]*)+/y;
const WORD = /[A-Za-z_:][\w:]*/y;
const LABEL = /[A-Za-z_]\w*/y;
const WORD_REST = /[\w:]+/y;
const NUMBER = /0[xX][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const DURATION = /(?:\d+(?:ms|[smhdwy]))+/y;
const SYMBOL = /<\/|>\/|==|!=|=~|!~|<=|>=|[-+*/%^<>=(){}[\],:@]/y;

/**
 * The words of a query of PromQL. In `{…}` a name has no colon, and in `[…]` a colon stands for itself, so the
 * brackets around a word are known here.
 */
export function promqlTokens(text: string, variables: boolean): readonly Token[] {
  const brackets: string[] = [];
  return tokensOf(text, SPACE, (start) => {
    const token = tokenAt(text, start, brackets.at(-1) ?? '', variables);
    if (token.kind === 'symbol') follow(brackets, token.text);
    return token;
  });
}

function follow(brackets: string[], symbol: string): void {
  if ('([{'.includes(symbol)) brackets.push(symbol);
  if (')]}'.includes(symbol)) brackets.pop();
}

function tokenAt(text: string, start: number, bracket: string, variables: boolean): Token {
  const token = (kind: Token['kind'], end: number, variable = false): Token => {
    return { kind, text: text.slice(start, end), start, end, variable };
  };
  const first = text[start] ?? '';
  if (/["'`]/.test(first)) {
    const end = quotedEnd(text, start) ?? unreadable(text, start);
    return token('string', end, variables && hasVariable(text.slice(start, end)));
  }
  const filled = variables ? wordEnd(text, start) : undefined;
  if (filled !== undefined) return token('word', filled, true);
  if (/\d/.test(first) || (first === '.' && /\d/.test(text[start + 1] ?? '')))
    return token('number', numberEnd(text, start));
  const word = matchEnd(bracket === '' || bracket === '(' ? WORD : LABEL, text, start);
  if (word !== undefined) return token('word', word);
  return token('symbol', matchEnd(SYMBOL, text, start) ?? unreadable(text, start));
}

/** Where a word ends that has a variable in it: `$job`, `${metric}_total`, `5$unit`. */
function wordEnd(text: string, start: number): number | undefined {
  let variable = false;
  let at = start;
  for (;;) {
    const end = variableEnd(text, at);
    if (end !== undefined) variable = true;
    const next = end ?? matchEnd(WORD_REST, text, at);
    if (next === undefined) return variable ? at : undefined;
    at = next;
  }
}

function numberEnd(text: string, start: number): number {
  const end = Math.max(matchEnd(NUMBER, text, start) ?? 0, matchEnd(DURATION, text, start) ?? 0);
  const rest = matchEnd(WORD_REST, text, end);
  // A colon may follow: `[5m:1m]`.
  if (rest === undefined || text[end] === ':') return end;
  const span = { start, end: rest };
  const help = 'a duration is whole numbers with units from the largest to the smallest: `1h30m`';
  return fail(error('query-syntax', `\`${text.slice(start, rest)}\` is neither a number nor a duration`, span, help));
}
