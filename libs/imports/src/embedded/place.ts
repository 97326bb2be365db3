import type { SourceNode, Step } from '../core/node.ts';

/** Where a text stands that is part of another file. */
export interface Place {
  readonly file: string;
  /** Line of the file in which the first line of the text is. */
  readonly line: number;
  /** Of the value that it is. */
  readonly path: readonly Step[];
}

/** The place of a text, by its value and by the file around it. */
export function placeOf(leaf: SourceNode, text: string, around: string): Place {
  return { file: leaf.file, line: firstLine(leaf.line, text, around), path: leaf.path };
}

/** A key and what it says may be lines apart, as with a block of YAML. */
const FURTHEST = 20;

function firstLine(keyLine: number, text: string, around: string): number {
  const own = text.split('\n');
  const blank = own.findIndex((line) => line.trim() !== '');
  const first = own[blank]?.trim() ?? '';
  const lines = around.split('\n');
  if (first === '' || (lines[keyLine - 1] ?? '').includes(first)) return keyLine;
  const below = lines.slice(keyLine, keyLine + FURTHEST).findIndex((line) => line.trim() === first);
  return below === -1 ? keyLine : Math.max(keyLine, keyLine + 1 + below - blank);
}

/** A node that was read of a text alone, at its place in the file. */
export function moved<T extends SourceNode>(node: T, { file, line, path }: Place): T {
  const at = { file, line: line + node.line - 1, path: [...path, ...node.path] };
  const place = { file, line, path };
  if (node.kind === 'list') return { ...node, ...at, items: node.items.map((item) => moved(item, place)) };
  if (node.kind !== 'map') return { ...node, ...at };
  const entries = [...node.entries].map(([key, value]) => [key, moved(value, place)] as const);
  return { ...node, ...at, entries: new Map(entries) };
}
