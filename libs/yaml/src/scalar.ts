import { Document, Pair, Scalar, YAMLMap } from 'yaml';

export type YamlScalar = string | number | boolean | null;

/** One document serves all calls: making its schema costs more than writing a small value. */
const scratch = new Document(null, { compat: 'yaml-1.1' });
// No value has a tag or an anchor, so none has to be looked for.
scratch.setSchema(null, { schema: scratch.schema });

/**
 * What begins a text that is nothing else: a letter, a path, a variable, an option, an amount with a unit, a version or
 * an address. No number does, of which `1e3`, `0x1` and `1:20` are some, and nothing that opens a quote or a list.
 */
const BEGINNING = /(?:\.\.\/)*[A-Za-z/$]|-[A-Za-df-z]|-?\d+[KMGTmshdt]|\d+\.\d+\.\d|\.;|::/;
/** Words parted by single spaces or colons; after a space, `#` would begin a comment. */
const WORDS = new RegExp(`^(?:${BEGINNING.source})[!"$-9;-~]*(?:[ :][!"$-9;-~]+)*$`);
/** `e0` too: readers of YAML 1.1 may take it for a number without digits before its exponent. */
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n|e[-+]?\d+)$/i;
/** Nothing, a whole number, a day, a dot, or what begins with a sign that has a meaning. */
const QUOTED = /^(?:-?\d+|\d{4}-\d\d-\d\d|\.|[,[\]{}#&*!|>'"%@`][ -~]*)?$/;
/** Lines that begin and end with no space. */
const LINES = /^[!-~][ -~]*\n(?:[\n -~]*[!-~]\n?)?$/;
/** A key that is longer, its quotes included, YAML lets stand only after a `?`. */
const LONGEST_KEY = 1024;

/**
 * Most strings of a manifest need no quotes, and most of these are seen to need none at once. What is not, `yaml`
 * is asked, which takes its time.
 */
function isPlain(text: string): boolean {
  return text.length <= LONGEST_KEY && WORDS.test(text) && !RESERVED.test(text);
}

const values = new Map<string | number, string>();
const keys = new Map<string, string>();
const MOST_KEPT = 20_000;

/** A scalar as the value of a key or an item of a list; lines after its first begin with `indent`. */
export function scalarText(value: YamlScalar, indent: string): string {
  const plain = String(value);
  if (typeof value === 'string') {
    if (isPlain(value)) return value;
    if (QUOTED.test(value)) return value.includes('"') && !value.includes("'") ? `'${value}'` : JSON.stringify(value);
    if (LINES.test(value)) return lines(value, indent);
  } else if (typeof value !== 'number' || /^-?\d+(?:\.\d+)?$/.test(plain)) return plain;
  const text = kept(values, value, () => entry('k', value).slice('k: '.length));
  // It was asked for two spaces deep.
  return text.includes('\n') ? text.replaceAll('\n  ', `\n${indent}`) : text;
}

function lines(text: string, indent: string): string {
  const style = text.endsWith('\n') ? '|' : '|-';
  return `${style}\n${indent}${text.replace(/\n$/, '').replace(/\n+/g, `$&${indent}`)}`;
}

/** A scalar that is a document by itself, where some strings would be taken for the mark of a new one. */
export function scalarDocument(value: YamlScalar): string {
  const scalar = new Scalar(value);
  // `yaml` loses spaces with which a block at the root begins.
  if (typeof value === 'string' && value.includes('\n')) scalar.type = 'QUOTE_DOUBLE';
  scratch.contents = scalar;
  return scratch.toString({ lineWidth: 0 });
}

/** A key with its colon. Where it is too long for YAML, it begins with `? ` and the colon is on a line of its own. */
export function keyText(key: string, indent: string): string {
  if (isPlain(key)) return `${key}:`;
  return kept(keys, key, () => entry(key, 0).slice(0, -' 0'.length)).replace('\n', `\n${indent}`);
}

/** `yaml`'s text of a map with one entry. */
function entry(key: string, value: YamlScalar): string {
  const map = new YAMLMap<Scalar, Scalar>();
  map.items.push(new Pair(new Scalar(key), new Scalar(value)));
  scratch.contents = map;
  return scratch.toString({ lineWidth: 0 }).slice(0, -1);
}

function kept<K>(known: Map<K, string>, key: K, make: () => string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const text = make();
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, text);
  return text;
}
