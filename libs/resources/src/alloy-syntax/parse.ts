/** What a parsed block holds; values are kept as their tokens, for nothing here computes them. */
export interface ParsedBlock {
  readonly name: string;
  readonly label?: string;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly blocks: readonly ParsedBlock[];
}

// Comment, raw string, quoted string, word with its dots, number, punctuation.
const token =
  /\/\/[^\n]*|`[^`]*`|"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*|-?\d+(?:\.\d+)?|[{}[\](),=+\n]/y;

const closers: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/**
 * Reads the subset of the Alloy language that `printFile` writes: enough to see that a file holds
 * together. `alloy validate` stays the judge.
 *
 * @throws Error with the line when braces do not balance, an attribute comes twice or a token is none.
 */
export function parseFile(text: string): readonly ParsedBlock[] {
  const tokens = tokenize(text);
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`line ${String(tokens[at]?.line ?? tokens.at(-1)?.line ?? 1)}: ${what}`);
  };

  const value = (): readonly string[] => {
    const parts: string[] = [];
    const open: string[] = [];
    for (let next = tokens[at]; next !== undefined; next = tokens[++at]) {
      if (next.text === '\n' && open.length === 0) break;
      const closer = closers[next.text];
      if (closer !== undefined) open.push(closer);
      else if ('}])'.includes(next.text) && open.pop() !== next.text) fail(`'${next.text}' closes what was not opened`);
      if (next.text !== '\n') parts.push(next.text);
    }
    if (open.length > 0) fail(`'${open.join('')}' is missing`);
    if (parts.length === 0) fail('a value is missing');
    return parts;
  };

  const body = (closed: boolean): Pick<ParsedBlock, 'attributes' | 'blocks'> => {
    const attributes = new Map<string, readonly string[]>();
    const blocks: ParsedBlock[] = [];
    for (;;) {
      while (tokens[at]?.text === '\n') at++;
      if (tokens[at] === undefined || tokens[at]?.text === '}') break;
      const name = tokens[at++]?.text ?? '';
      if (!/^[A-Za-z_]/.test(name)) fail(`'${name}' is not a name`);
      if (tokens[at]?.text === '=') {
        at++;
        if (attributes.has(name)) fail(`'${name}' is set twice`);
        attributes.set(name, value());
        continue;
      }
      const label = tokens[at]?.text.startsWith('"') === true ? tokens[at++]?.text.slice(1, -1) : undefined;
      if (tokens[at++]?.text !== '{') fail(`'${name}' is neither an attribute nor a block`);
      blocks.push({ name, ...(label === undefined ? {} : { label }), ...body(true) });
    }
    if (closed !== (tokens[at]?.text === '}'))
      fail(closed ? 'a block is not closed' : 'a block closes that was not opened');
    if (closed) at++;
    return { attributes, blocks };
  };

  return body(false).blocks;
}

function tokenize(text: string): readonly { readonly text: string; readonly line: number }[] {
  const tokens: { text: string; line: number }[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    if (text[at] === ' ' || text[at] === '\t') {
      at++;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) throw new Error(`line ${String(line)}: '${text.slice(at, at + 10)}' is no token`);
    if (!found.startsWith('//')) tokens.push({ text: found, line });
    if (found === '\n') line++;
    at += found.length;
  }
  return tokens;
}
