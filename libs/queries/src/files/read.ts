import type { Span } from '@lgtm-fleet/diagnostics';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { error, type QueryFault } from '../core/fault.ts';
import { type PlaceInFile, scalarPlaces } from './scalar-places.ts';

/** A text of a file, where it stands, and how places in it are places in the file. */
export interface TextInFile {
  readonly text: string;
  readonly place: Span;
  readonly inFile: PlaceInFile;
}

/** Brackets of a file in each other. */
const MAX_DEPTH = 500;

/** UTF-16 units of a file that are read. */
const MAX_LENGTH = 2 * 1024 * 1024;

/** Reads YAML or JSON for its places. A file that cannot be read gives a fault and no root. */
export function readFile(text: string): { readonly root: Node | undefined; readonly faults: readonly QueryFault[] } {
  const whole = { start: 0, end: Math.min(text.length, 1) };
  if (text.length > MAX_LENGTH) {
    const message = `the file has ${text.length} characters; more than ${MAX_LENGTH} are not read`;
    return { root: undefined, faults: [error('file-too-long', message, whole)] };
  }
  const deep = tooDeepAt(text);
  if (deep !== undefined) return { root: undefined, faults: [error('unreadable-file', TOO_DEEP, deep)] };
  try {
    const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false, strict: true });
    const faults = document.errors.map(({ message, pos: [start, end] }) =>
      error('unreadable-file', message.split('\n')[0] ?? '', { start, end }),
    );
    return { root: faults.length === 0 ? (document.contents ?? undefined) : undefined, faults };
  } catch {
    // It reads by recursive descent, and runs out of stack on blocks that nest by the thousands.
    return { root: undefined, faults: [error('unreadable-file', TOO_DEEP, whole)] };
  }
}

const TOO_DEEP = 'the file nests too deep to be read';
const QUOTED_OR_BRACKET = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\]{}]/g;

/** The bracket that is one too many in others; the parser takes seconds for what nests by the thousands. */
function tooDeepAt(text: string): Span | undefined {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(QUOTED_OR_BRACKET)) {
    if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return { start: index, end: index + 1 };
  }
  return undefined;
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
