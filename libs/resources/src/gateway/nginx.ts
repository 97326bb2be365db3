/**
 * One directive of nginx: its name, its arguments and, where it opens a block, what stands in it.
 * A comment is written on lines of its own before it.
 */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  readonly comment?: string;
}

const WIDTH = 120;

/** A directive with arguments alone. */
export function directive(name: string, ...args: readonly string[]): Directive {
  return { name, args };
}

/** A directive that opens a block. */
export function block(name: string, args: readonly string[], inner: readonly Directive[], comment?: string): Directive {
  return { name, args, block: inner, ...(comment !== undefined && { comment }) };
}

/** Words that say something about a `map` where its values are expected. */
const MAP_WORDS: ReadonlySet<string> = new Set(['default', 'hostnames', 'include', 'volatile']);

/** A block `map`: what a text becomes, and an empty text for what is not in it. */
export function map(
  source: string,
  target: string,
  rows: readonly (readonly [value: string, result: string])[],
  comment?: string,
): Directive {
  const lines = rows.map(([value, result]) => directive(MAP_WORDS.has(value) ? `\\${value}` : value, result));
  return block('map', [source, target], [directive('default', ''), ...lines], comment);
}

/** The same directive with its reason before it. */
export function because(comment: string, wanted: Directive): Directive {
  return { ...wanted, comment };
}

/**
 * nginx's own form. Arguments are quoted where they hold what nginx would take apart; variables and
 * backslashes mean in quotes what they mean outside.
 *
 * @throws Error for an argument that no directive needs: with a control character, or with both kinds of quotes.
 */
export function printNginx(directives: readonly Directive[], depth = 0): string {
  const indent = '    '.repeat(depth);
  return directives
    .map((one, index) => {
      const comment = (one.comment ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `${indent}# ${line}\n`)
        .join('');
      const words = [one.name, ...one.args].map(quote);
      const line = words.join(' ');
      // One argument a line where one line for all would be too long to read.
      const head = one.block === undefined && line.length > WIDTH ? words.join(`\n${indent}    `) : line;
      const body =
        one.block === undefined
          ? `${indent}${head};\n`
          : `${indent}${head} {\n${printNginx(one.block, depth + 1)}${indent}}\n`;
      // Blocks and what carries a reason stand apart, so that the eye finds them.
      const gap =
        index > 0 && (one.block !== undefined || directives[index - 1]?.block !== undefined || comment !== '')
          ? '\n'
          : '';
      return gap + comment + body;
    })
    .join('');
}

function quote(argument: string): string {
  if (/[\u0000-\u001f\u007f]/.test(argument))
    throw new Error(`nginx argument with a control character: ${JSON.stringify(argument)}`);
  if (argument !== '' && !/[\s;{}"'#\\]/.test(argument)) return argument;
  if (argument.includes('"') && argument.includes("'"))
    throw new Error(`nginx argument with both kinds of quotes: ${argument}`);
  return argument.includes('"') ? `'${argument}'` : `"${argument}"`;
}

/**
 * Where nginx keeps what does not fit its memory.
 * @param tmp a writable folder, without a slash at the end
 */
export function temporaryPaths(tmp: string): readonly Directive[] {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return kinds.map((kind, index) => {
    const path = directive(`${kind}_temp_path`, `${tmp}/${kind}`);
    return index === 0 ? because('The root file system is read-only', path) : path;
  });
}
