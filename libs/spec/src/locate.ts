import type { Span } from '@lgtm-fleet/diagnostics';
import { isMap, isNode, isScalar, isSeq, type Document, type Node } from 'yaml';

export type Path = readonly PropertyKey[];

/** Smallest span of the value at a path; of the nearest parent's key where the path is not in the file. */
export function spanOfValue(document: Document.Parsed, path: Path): Span {
  const found = descend(document, path);
  if (found.complete && found.value?.range) {
    const [start, end] = found.value.range;
    // A collection is shown by its key: underlining forty lines points at nothing.
    if (isScalar(found.value) || found.key === undefined) return { start, end: Math.max(end, start + 1) };
  }
  return found.key ?? { start: 0, end: 1 };
}

/** Span of the key that ends a path; of its parent where there is no such key. */
export function spanOfKey(document: Document.Parsed, path: Path): Span {
  return descend(document, path).key ?? { start: 0, end: 1 };
}

export function has(document: Document.Parsed, path: Path): boolean {
  return descend(document, path).complete;
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
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
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
