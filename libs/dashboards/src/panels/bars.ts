import type { Query, Threshold, Tile, Unit } from '../types.ts';
import { shape, type Words } from './shape.ts';
import { steps } from './steps.ts';

export interface BarsOptions extends Words {
  readonly max?: number;
  readonly thresholds?: readonly Threshold[];
}

/** One bar for each series, as of now: to compare, or to see what is left of a limit. */
export function bars(title: string, unit: Unit, queries: readonly Query[], options: BarsOptions = {}): Tile {
  const { max, thresholds = [] } = options;
  return {
    ...shape(title, queries, options, { width: 8, height: 7 }),
    visual: {
      type: 'bargauge',
      options: {
        displayMode: 'basic',
        orientation: 'horizontal',
        reduceOptions: { values: false, calcs: ['lastNotNull'] },
      },
      fieldConfig: {
        defaults: {
          unit,
          min: 0,
          ...(max !== undefined && { max }),
          thresholds: steps(thresholds),
          color: { mode: 'thresholds' },
        },
        overrides: [],
      },
    },
  };
}
