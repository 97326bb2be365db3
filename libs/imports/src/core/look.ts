import type { MapNode, Scalar, SourceNode } from './node.ts';

/** The value of a key; nothing where there is no such key, or no map. */
export function child(node: SourceNode | undefined, ...path: readonly (string | number)[]): SourceNode | undefined {
  return path.reduce<SourceNode | undefined>((at, step) => {
    if (at?.kind === 'map') return at.entries.get(String(step));
    return at?.kind === 'list' && typeof step === 'number' ? at.items[step] : undefined;
  }, node);
}

export function isMap(node: SourceNode | undefined): node is MapNode {
  return node?.kind === 'map';
}

/** Keys and values of a map, none of anything else. */
export function entriesOf(node: SourceNode | undefined): readonly (readonly [string, SourceNode])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** Items of a list, none of anything else. */
export function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** A scalar's value. */
export function scalarOf(node: SourceNode | undefined): Scalar | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** A scalar that says something as text, as the programs that are written in Go take it: a number as it is written. */
export function textOf(node: SourceNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.written;
}

export function numberOf(node: SourceNode | undefined): number | undefined {
  const value = scalarOf(node);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

const TRUE = new Set<unknown>([true, 'true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSE = new Set<unknown>([false, 'false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);

/** True or false, in the words of YAML 1.1 too, which the programs read. */
export function booleanOf(node: SourceNode | undefined): boolean | undefined {
  const value = scalarOf(node);
  if (TRUE.has(value)) return true;
  return FALSE.has(value) ? false : undefined;
}

/** Texts of a list; of a single scalar where a program takes one for a list. Items that are no text are left out. */
export function textsOf(node: SourceNode | undefined): readonly string[] {
  return (node?.kind === 'scalar' ? [node] : itemsOf(node)).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [text];
  });
}

/** Texts of a map: labels. Entries that are no text are left out. */
export function textMapOf(node: SourceNode | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(node).flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

export type Plain = Scalar | readonly Plain[] | { readonly [key: string]: Plain };

/** The value without its places. */
export function plainOf(node: SourceNode): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainOf(value)]));
}
