import { textOf, textsOf } from '../../../core/look.ts';
import { documentsOf } from '../../../core/documents.ts';
import type { SourceNode } from '../../../core/node.ts';

/** Gives what a function of Alloy makes of values, or nothing where that cannot be told. */
type Pure = (values: readonly SourceNode[], at: SourceNode) => SourceNode | undefined;

export function scalarAt(at: SourceNode, value: string | number | boolean | null): SourceNode {
  const { file, line, path } = at;
  return { kind: 'scalar', file, line, path, value, written: String(value) };
}

/** A module in a module in a module can make a text of texts that nobody can hold. */
export const LONGEST = 100_000;

const text =
  (make: (...texts: readonly string[]) => string | undefined): Pure =>
  (values, at) => {
    const texts = values.map(textOf);
    if (!texts.every((one) => one !== undefined)) return undefined;
    const made = make(...texts);
    return made === undefined || made.length > LONGEST ? undefined : scalarAt(at, made);
  };

const same: Pure = ([value]) => value;

/** The first that says something. */
const coalesce: Pure = (values) =>
  values.find((value) =>
    value.kind === 'scalar'
      ? ![null, '', 0, false].includes(value.value)
      : value.kind === 'list'
        ? value.items.length > 0
        : true,
  ) ?? values.at(-1);

const join: Pure = ([list, separator], at) => {
  const between = textOf(separator);
  if (list?.kind !== 'list' || between === undefined || textsOf(list).length !== list.items.length) return undefined;
  const made = textsOf(list).join(between);
  return made.length > LONGEST ? undefined : scalarAt(at, made);
};

const split = ([value, separator]: readonly SourceNode[], at: SourceNode): SourceNode | undefined => {
  const [whole, between] = [textOf(value), textOf(separator)];
  if (whole === undefined || between === undefined) return undefined;
  const { file, line, path } = at;
  return { kind: 'list', file, line, path, items: whole.split(between).map((part) => scalarAt(at, part)) };
};

const format = text((pattern = '', ...values) => {
  const verbs = pattern.match(/%[^%]|%%/g) ?? [];
  if (verbs.some((verb) => !['%s', '%d', '%v', '%%'].includes(verb))) return undefined;
  if (verbs.filter((verb) => verb !== '%%').length !== values.length) return undefined;
  let next = 0;
  return pattern.replace(/%[sdv%]/g, (verb) => (verb === '%%' ? '%' : (values[next++] ?? '')));
});

/** Places of what stands in the text are not known: all of it is where the text is. */
const decoded: Pure = ([value], at) => {
  const whole = textOf(value);
  const read = whole === undefined ? undefined : documentsOf({ path: at.file, text: whole });
  const [document] = read?.ok === true ? read.documents : [];
  return document === undefined ? undefined : placedAt(document, at);
};

function placedAt(node: SourceNode, at: SourceNode): SourceNode {
  const { file, line, path } = at;
  const place = { file, line, path: [...path, ...node.path] };
  if (node.kind === 'scalar') return { ...node, ...place };
  if (node.kind === 'list') return { ...node, ...place, items: node.items.map((item) => placedAt(item, at)) };
  return { ...node, ...place, entries: new Map([...node.entries].map(([key, value]) => [key, placedAt(value, at)])) };
}

const STRINGS: Readonly<Record<string, Pure>> = {
  format,
  join,
  split,
  replace: text((whole = '', old = '', by = '') => (old === '' ? undefined : whole.replaceAll(old, by))),
  to_lower: text((whole = '') => whole.toLowerCase()),
  to_upper: text((whole = '') => whole.toUpperCase()),
  trim_prefix: text((whole = '', part = '') => (whole.startsWith(part) ? whole.slice(part.length) : whole)),
  trim_suffix: text((whole = '', part = '') =>
    part !== '' && whole.endsWith(part) ? whole.slice(0, -part.length) : whole,
  ),
  trim_space: text((whole = '') => whole.trim()),
};

/** Functions of the standard library (`syntax/internal/stdlib`) that depend on what they are given alone. */
const FUNCTIONS: ReadonlyMap<string, Pure> = new Map([
  ...Object.entries(STRINGS).flatMap(([name, make]) => [[name, make] as const, [`string.${name}`, make] as const]),
  ['coalesce', coalesce],
  ['nonsensitive', same],
  ['convert.nonsensitive', same],
  ['json_decode', decoded],
  ['yaml_decode', decoded],
  ['encoding.from_json', decoded],
  ['encoding.from_yaml', decoded],
  ['file.path_join', text((...parts) => parts.filter((part) => part !== '').join('/'))],
]);

export function isKnownFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

export function callOf(name: string, values: readonly SourceNode[], at: SourceNode): SourceNode | undefined {
  return FUNCTIONS.get(name)?.(values, at);
}
