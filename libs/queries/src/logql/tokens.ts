import { fail, syntax, unreadable } from '../core/cursor.ts';
import { hasVariable, matchEnd, quotedEnd, tokensOf, variableEnd, type Token } from '../core/token.ts';

const SPACE = /(?:\s|#[^\n]*)+/y;
const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const VARIABLE_REST = /\w+/y;
/** A number, a duration (`1.5h`), a size (`5KiB`), or what looks like one and is none. */
const NUMBER = /0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[\wµμ.]*/y;
const FLAG = /--(?:strict|keep-empty)/y;
const SYMBOL = /\|=|\|~|\|>|!>|==|!=|=~|!~|<=|>=|[-+*/%^<>=(){}[\],|]/y;

/** The words of a query of LogQL. What stands between brackets, `[5m]`, is one number to the parser. */
export function logqlTokens(text: string, variables: boolean): readonly Token[] {
  return tokensOf(text, SPACE, (start) => tokenAt(text, start, variables));
}

function tokenAt(text: string, start: number, variables: boolean): Token {
  const token = (kind: Token['kind'], end: number, variable = false): Token => {
    return { kind, text: text.slice(start, end), start, end, variable };
  };
  const first = text[start] ?? '';
  if (first === "'")
    return fail(syntax("LogQL has no texts in `'…'`", { start, end: start + 1 }, 'put it into `"…"` or backticks'));
  if (first === '"' || first === '`') {
    const end = quotedEnd(text, start) ?? unreadable(text, start);
    return token('string', end, variables && hasVariable(text.slice(start, end)));
  }
  const filled = variables ? filledEnd(text, start) : undefined;
  if (filled !== undefined) return token('word', filled, true);
  const number = /[\d.]/.test(first) ? matchEnd(NUMBER, text, start) : undefined;
  if (number !== undefined) return token('number', number);
  const word = matchEnd(WORD, text, start);
  if (word !== undefined) return token('word', word);
  return token('symbol', matchEnd(FLAG, text, start) ?? matchEnd(SYMBOL, text, start) ?? unreadable(text, start));
}

/** A word with a variable in it: `$app`, `${minutes}m`. */
function filledEnd(text: string, start: number): number | undefined {
  let variable = false;
  let at = start;
  for (;;) {
    const end = variableEnd(text, at);
    variable ||= end !== undefined;
    const next = end ?? matchEnd(VARIABLE_REST, text, at);
    if (next === undefined) return variable ? at : undefined;
    at = next;
  }
}
