import type { Query, Tile } from '../types.ts';
import { shape, type Words } from './shape.ts';

/** Log lines, newest first, with their structured metadata and links. */
export function logLines(title: string, query: Query, options: Words = {}): Tile {
  return {
    ...shape(title, [query], options, { width: 24, height: 10 }),
    visual: {
      type: 'logs',
      options: { showTime: true, wrapLogMessage: true, enableLogDetails: true, sortOrder: 'Descending' },
      fieldConfig: { defaults: {}, overrides: [] },
    },
  };
}

/** Traces found, a line each; a click opens one. */
export function traceList(title: string, query: Query, options: Words = {}): Tile {
  return {
    ...shape(title, [query], options, { width: 24, height: 9 }),
    visual: {
      type: 'table',
      options: { showHeader: true, cellHeight: 'sm' },
      fieldConfig: { defaults: {}, overrides: [] },
    },
  };
}
