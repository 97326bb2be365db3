import { Document, Pair, Scalar, YAMLMap } from 'yaml';

export type YamlScalar = string | number | boolean | null;

/** One document serves all calls: making its schema costs more than writing a small value. */
const scratch = new Document(null, { compat: 'yaml-1.1' });
// No value has a tag or an anchor, so none has to be looked for.
scratch.setSchema(null, { schema: scratch.schema });

/**
 * Words parted by single spaces or colons. The first begins with a letter, as a path, or as an amount with a unit:
 * with nothing that opens a quote or a list, and not as a number, of which `1e3`, `0x1` and `1:20` are some.
 */
const WORDS = /^(?:(?:\.\.\/)*[A-Za-z/]|\d+[KMGTmshd])[\w./+=;*(),-]*(?:[ :][\w./+=;*(),-]+)*$/;
/** `e0` too: readers of YAML 1.1 may take it for a number without digits before its exponent. */
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n|e[-+]?\d+)$/i;
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
  if (typeof value === 'string' ? isPlain(value) : typeof value !== 'number' || Number.isSafeInteger(value))
    return String(value);
  const text = kept(values, value, () => entry('k', value).slice('k: '.length));
  // It was asked for two spaces deep.
  return text.includes('\n') ? text.replaceAll('\n  ', `\n${indent}`) : text;
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
