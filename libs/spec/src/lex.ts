import { CST, Lexer } from 'yaml';

/** A word or a sign of a YAML text, with its offsets. */
export interface Word {
  /** As `CST.tokenType` says; `text` for a plain or block scalar. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a YAML text, without structure, in one pass whose time grows with the length only. */
export function* lex(text: string): Generator<Word> {
  let start = 0;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    const type: string = scalar ? 'text' : (CST.tokenType(token) ?? 'error');
    // The lexer announces a scalar, and a mode, by marks that are not in the text.
    scalar = type === 'scalar';
    if (scalar || type === 'doc-mode' || type === 'flow-error-end') continue;
    yield { type, start, end: start + token.length };
    start += token.length;
  }
}

export const OPEN: ReadonlySet<string> = new Set(['flow-map-start', 'flow-seq-start']);
export const CLOSE: ReadonlySet<string> = new Set(['flow-map-end', 'flow-seq-end']);
