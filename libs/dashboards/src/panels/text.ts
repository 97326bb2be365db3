import type { Tile } from '../types.ts';
import { shape, type Words } from './shape.ts';

/** Words of its own, in Markdown. */
export function text(title: string, content: string, options: Words = {}): Tile {
  return {
    ...shape(title, [], options, { width: 24, height: 4 }),
    visual: {
      type: 'text',
      options: { mode: 'markdown', content },
      fieldConfig: { defaults: {}, overrides: [] },
    },
  };
}
