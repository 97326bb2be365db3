import type { Entry, Outcome } from '../core/ledger.ts';

/** What was said once: of a leaf, of all leaves below a node, or of items of a list that follow each other. */
export interface Row {
  readonly file: string;
  /** Lines, both included. */
  readonly from: number;
  readonly until: number;
  readonly path: string;
  readonly outcome: Outcome;
  readonly leaves: number;
  readonly to: string | undefined;
  readonly note: string | undefined;
}

/** The account as people read it, in the order of the inputs. */
export function rowsOf(entries: readonly Entry[]): readonly Row[] {
  const rows: Row[] = [];
  for (const group of Map.groupBy(entries, (entry) => entry.mark ?? entry).values()) {
    const row = rowOf(group);
    const before = rows.at(-1);
    const joined = row === undefined || before === undefined ? undefined : join(before, row);
    if (joined !== undefined) rows[rows.length - 1] = joined;
    else if (row !== undefined) rows.push(row);
  }
  return rows;
}

function rowOf(group: readonly Entry[]): Row | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { file, line, path, outcome, mark } = first;
  return {
    file,
    from: group.reduce((least, entry) => Math.min(least, entry.line), line),
    until: group.reduce((most, entry) => Math.max(most, entry.line), line),
    path: mark?.path ?? path,
    outcome,
    leaves: group.length,
    to: mark?.to,
    note: mark?.note,
  };
}

/** `targets[3]`, or `targets[0–3]`. */
const ITEM = /^([^]*)\[(\d+)(?:–(\d+))?\]$/;

/** One row of two, where the second is of the next item of the same list, and nothing else is different. */
function join(before: Row, row: Row): Row | undefined {
  const [, list, first, last = first] = ITEM.exec(before.path) ?? [];
  const [, own, index] = ITEM.exec(row.path) ?? [];
  const next = list !== undefined && list === own && Number(index) === Number(last) + 1;
  const alike = (['file', 'outcome', 'to', 'note'] as const).every((key) => before[key] === row[key]);
  if (!next || !alike) return undefined;
  return {
    ...before,
    from: Math.min(before.from, row.from),
    until: Math.max(before.until, row.until),
    path: `${list}[${first ?? ''}–${index ?? ''}]`,
    leaves: before.leaves + row.leaves,
  };
}

/** `12`, or `12–40`. */
export function linesOf({ from, until }: Pick<Row, 'from' | 'until'>): string {
  return from === until ? String(from) : `${from}–${until}`;
}

export const outcomes = ['carried', 'changed', 'impossible', 'unknown'] as const;

export const TITLES: Readonly<Record<Outcome, string>> = {
  carried: 'carried over',
  changed: 'changed',
  impossible: 'not possible',
  unknown: 'not known to this importer',
};

export function countOf(entries: readonly Entry[], outcome: Outcome): number {
  return entries.filter((entry) => entry.outcome === outcome).length;
}
