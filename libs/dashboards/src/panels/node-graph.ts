import type { Query, Tile } from '../types.ts';
import { shape, type Words } from './shape.ts';

/** Services and who calls whom. */
export function nodeGraph(title: string, query: Query, options: Words = {}): Tile {
  return {
    ...shape(title, [query], options, { width: 24, height: 16 }),
    visual: { type: 'nodeGraph', options: {}, fieldConfig: { defaults: {}, overrides: [] } },
  };
}
