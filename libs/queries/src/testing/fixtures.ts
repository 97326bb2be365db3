import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { QueryFault } from '../core/fault.ts';

/** A query of a fixture, and the place that the line of carets below it marks. */
export interface Fixture {
  readonly query: string;
  /** The name of its file: of a fault, or of a kind of queries. */
  readonly name: string;
  readonly span: { readonly start: number; readonly end: number } | undefined;
}

/** Every query below a folder: one a line, what is wrong marked by carets in the line below. */
export function fixturesIn(folder: string): readonly Fixture[] {
  return readdirSync(folder).flatMap((file) => {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    const name = basename(file, extname(file));
    return lines.flatMap((query, index) => {
      if (query.trim() === '' || isCarets(query)) return [];
      const below = lines[index + 1] ?? '';
      const span = isCarets(below) ? { start: below.indexOf('^'), end: below.length } : undefined;
      return [{ query, name, span }];
    });
  });
}

function isCarets(line: string): boolean {
  return /^ *\^+$/.test(line);
}

/** The fault that a fixture is named after. A place at the end of the query has one caret too. */
export function found({ name }: Fixture, faults: readonly QueryFault[]): QueryFault | undefined {
  const fault = faults.find(({ id }) => id === name);
  if (fault === undefined) return undefined;
  const { start, end } = fault.span;
  return { ...fault, span: { start, end: Math.max(start + 1, end) } };
}
