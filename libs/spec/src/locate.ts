import type { Span } from '@lgtm-fleet/diagnostics';
import { isMap, isNode, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';

export type Path = readonly PropertyKey[];

/** Smallest span of the value at a path; of the nearest parent's key where the path is not in the file. */
export function spanOfValue(document: Document.Parsed, path: Path): Span {
  const found = descend(document, path);
  if (found.complete && found.value?.range) {
    const [start, end] = found.value.range;
    // A collection is shown by its key: underlining forty lines points at nothing.
    if (isScalar(found.value) || found.key === undefined) return { start, end: Math.max(end, start + 1) };
  }
  return found.key ?? beginning(document);
}

/** Span of the key that ends a path; of its parent where there is no such key. */
export function spanOfKey(document: Document.Parsed, path: Path): Span {
  return descend(document, path).key ?? beginning(document);
}

/** Where the document begins, behind the comments above it. */
function beginning(document: Document.Parsed): Span {
  const start = document.contents?.range[0] ?? 0;
  return { start, end: start + 1 };
}

export function has(document: Document.Parsed, path: Path): boolean {
  return descend(document, path).complete;
}

/** The text of a plain or quoted scalar as it is written, with what YAML makes of it; nothing for a map, a list or no value. */
export function scalarAt(
  document: Document.Parsed,
  path: Path,
): { readonly written: string; readonly value: unknown } | undefined {
  const { complete, value } = descend(document, path);
  return complete && isScalar(value) ? { written: value.source ?? '', value: value.value } : undefined;
}

const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** Pairs by key; looked up once, since a map of nonsense has thousands of faults, each of which asks for its place. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = indexes.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<string, Pair>(
    map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
  );
  indexes.set(map, pairs);
  return pairs;
}

interface Found {
  readonly complete: boolean;
  readonly value?: Node;
  readonly key?: Span;
}

function descend(document: Document.Parsed, path: Path): Found {
  let node: unknown = document.contents;
  let key: Span | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(step));
      if (pair === undefined) return { complete: false, ...(key && { key }) };
      const range = isNode(pair.key) ? pair.key.range : undefined;
      if (range) key = { start: range[0], end: range[1] };
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) return { complete: false, ...(key && { key }) };
      node = item;
      if (isNode(item) && item.range && !isScalar(item)) key = { start: item.range[0], end: item.range[0] + 1 };
    } else {
      return { complete: false, ...(key && { key }) };
    }
  }
  return { complete: true, ...(isNode(node) && { value: node }), ...(key && { key }) };
}
