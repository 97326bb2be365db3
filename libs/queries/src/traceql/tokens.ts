import { unreadable } from '../core/cursor.ts';
import { hasVariable, matchEnd, quotedEnd, tokensOf, variableEnd, type Token } from '../core/token.ts';

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const SCOPE = /(?:parent\.(?:resource\.|span\.)?|resource\.|span\.|event\.|link\.|instrumentation\.|\.)/y;
const QUOTED = /"(?:[^"\\]|\\["\\])*"/y;
const REST = /[^\s{}()=~!<>&|^,"$]+/y;
const INTRINSIC = /(?:trace|span|event|link|instrumentation):[A-Za-z]*/y;
const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[\wµμ.]*/y;
const SYMBOL = /!>>|!<<|&>>|&<<|&&|\|\||>>|<<|!>|!<|&>|&<|&~|!=|=~|!~|<=|>=|[-+*/%^<>=~!(){},|]/y;

/** The words of a query of TraceQL; an attribute with its scope is one: `span.http.method`, `.\"a b\"`. */
export function traceqlTokens(text: string, variables: boolean): readonly Token[] {
  return tokensOf(text, SPACE, (start) => tokenAt(text, start, variables));
}

function tokenAt(text: string, start: number, variables: boolean): Token {
  const token = (kind: Token['kind'], end: number): Token => {
    const part = text.slice(start, end);
    return { kind, text: part, start, end, variable: variables && kind !== 'symbol' && hasVariable(part) };
  };
  const first = text[start] ?? '';
  if (first === '"' || first === '`') return token('string', quotedEnd(text, start) ?? unreadable(text, start));
  const variable = variables ? variableEnd(text, start) : undefined;
  if (variable !== undefined) return token('word', variable);
  const number = matchEnd(NUMBER, text, start);
  if (number !== undefined) return token('number', number);
  const scope = matchEnd(SCOPE, text, start);
  if (scope !== undefined) return token('word', attributeEnd(text, scope, variables));
  const word = matchEnd(INTRINSIC, text, start) ?? matchEnd(WORD, text, start);
  if (word !== undefined) return token('word', word);
  return token('symbol', matchEnd(SYMBOL, text, start) ?? unreadable(text, start));
}

/** The name of an attribute goes on over quoted parts and every sign that ends no name. */
function attributeEnd(text: string, start: number, variables: boolean): number {
  let at = start;
  for (;;) {
    const variable = variables ? variableEnd(text, at) : undefined;
    const plain = text[at] === '$' ? at + 1 : undefined;
    const next = variable ?? matchEnd(QUOTED, text, at) ?? matchEnd(REST, text, at) ?? plain;
    if (next === undefined) return at;
    at = next;
  }
}
