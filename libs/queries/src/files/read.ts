import type { Span } from '@lgtm-fleet/diagnostics';
import { readYaml } from '@lgtm-fleet/yaml';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { error, limits, type QueryFault } from '../core/fault.ts';
import { type PlaceInFile, scalarPlaces } from './scalar-places.ts';

/** A text of a file, where it stands, and how places in it are places in the file. */
export interface TextInFile {
  readonly text: string;
  readonly place: Span;
  readonly inFile: PlaceInFile;
}

/**
 * Reads YAML or JSON for its places. A file that cannot be read gives a fault and no root.
 *
 * `yaml` knows places and takes its time; what would cost it seconds does not pass the quick reader before it.
 */
export function readFile(text: string): { readonly root: Node | undefined; readonly faults: readonly QueryFault[] } {
  const quick = readYaml(text);
  if (!quick.ok) {
    const { message, at } = quick;
    const span = { start: at, end: Math.min(at + 1, text.length) };
    return { root: undefined, faults: [error('unreadable-file', `the file cannot be read: ${message}`, span)] };
  }
  // Keys that stand twice were found before: `yaml` would compare each with each.
  const options = { logLevel: 'silent', prettyErrors: false, strict: true, uniqueKeys: false } as const;
  const document = parseDocument(text, options);
  const faults = document.errors
    .slice(0, limits.faults)
    .map(({ message, pos: [start, end] }) => error('unreadable-file', message.split('\n')[0] ?? '', { start, end }));
  return { root: faults.length === 0 ? (document.contents ?? undefined) : undefined, faults };
}

/** The value of a key, where the node is a map that has it. */
export function valueOf(node: unknown, key: string): Node | undefined {
  const pair = isMap(node) ? pairsOf(node).find(({ name }) => name === key) : undefined;
  return pair?.value;
}

export function pairsOf(
  map: YAMLMap,
): readonly { readonly name: string; readonly value: Node | undefined; readonly key: Span }[] {
  return map.items.flatMap((pair: Pair) => {
    if (!isScalar(pair.key)) return [];
    const value = isMap(pair.value) || isSeq(pair.value) || isScalar(pair.value) ? pair.value : undefined;
    return [{ name: String(pair.key.value), value, key: placeOf(pair.key) }];
  });
}

export function itemsOf(node: unknown): readonly Node[] {
  return isSeq(node) ? node.items.filter((item) => isMap(item) || isSeq(item) || isScalar(item)) : [];
}

export function placeOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** A scalar that is a text; a number that stands for one too (`expr: 1`). */
export function textOf(file: string, node: unknown): TextInFile | undefined {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const place = placeOf(node);
  const source = file.slice(place.start, place.end);
  const text = typeof value === 'number' ? source : value;
  return { text, place, inFile: scalarPlaces(source, text, place.start) };
}
