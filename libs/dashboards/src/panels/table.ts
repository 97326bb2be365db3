import type { DataLink } from '../sdk.ts';
import type { Query, Tile, Unit } from '../types.ts';
import { shape, type Words } from './shape.ts';

/** A column: a label, or the value of a query. */
export interface Column {
  /** A label of the series; or the value of the query at this place, as `#0`. */
  readonly from: string;
  readonly title: string;
  readonly unit?: Unit;
  readonly link?: DataLink;
}

/** Series side by side, a line for each set of labels, a column for each query. */
export function table(title: string, columns: readonly Column[], queries: readonly Query[], options: Words = {}): Tile {
  const fields = columns.map((column) => ({ ...column, field: fieldOf(column.from, queries.length) }));
  return {
    ...shape(title, queries, options, { width: 12, height: 8 }),
    visual: {
      type: 'table',
      options: { showHeader: true, cellHeight: 'sm' },
      fieldConfig: {
        defaults: { custom: { filterable: true } },
        overrides: fields
          .filter(({ unit, link }) => unit !== undefined || link !== undefined)
          .map(({ title: name, unit, link }) => ({
            matcher: { id: 'byName', options: name },
            properties: [
              ...(unit === undefined ? [] : [{ id: 'unit', value: unit }]),
              ...(link === undefined ? [] : [{ id: 'links', value: [link] }]),
            ],
          })),
      },
    },
    transformations: [
      { id: 'merge', options: {} },
      { id: 'filterFieldsByName', options: { include: { names: fields.map(({ field }) => field) } } },
      {
        id: 'organize',
        options: {
          indexByName: Object.fromEntries(fields.map(({ field }, index) => [field, index])),
          renameByName: Object.fromEntries(fields.map(({ field, title: name }) => [field, name])),
        },
      },
    ],
  };
}

/** Grafana calls a value by the letter of its query, unless there is one only. */
function fieldOf(from: string, queries: number): string {
  if (!from.startsWith('#')) return from;
  return queries === 1 ? 'Value' : `Value #${letter(Number(from.slice(1)))}`;
}

/** `A` for the first query. */
export function letter(index: number): string {
  return String.fromCharCode(65 + index);
}
