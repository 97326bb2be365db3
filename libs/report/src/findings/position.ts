import type { Span } from '@lgtm-fleet/diagnostics';

/** Offset from 0, line and column from 1, all in UTF-16 units. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A span as positions; `end` is the first position behind it. */
export interface Region {
  readonly start: Position;
  readonly end: Position;
}

export type Locate = (file: string, span: Span) => Region | undefined;

/** Turns spans into positions, each file's lines looked up once; none for a file without text. */
export function locator(sourceOf: (file: string) => string | undefined): Locate {
  const files = new Map<string, LineStarts | undefined>();
  return (file, span) => {
    if (!files.has(file)) files.set(file, lineStarts(sourceOf(file)));
    const known = files.get(file);
    if (known === undefined) return undefined;
    const start = clamp(span.start, 0, known.length);
    return { start: position(known, start), end: position(known, clamp(span.end, start, known.length)) };
  };
}

interface LineStarts {
  readonly starts: readonly number[];
  readonly length: number;
}

function lineStarts(source: string | undefined): LineStarts | undefined {
  if (source === undefined) return undefined;
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return { starts, length: source.length };
}

function position({ starts }: LineStarts, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
