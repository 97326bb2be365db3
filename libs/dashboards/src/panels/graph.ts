import type { Query, Threshold, Tile, Unit } from '../types.ts';
import { shape, type Words } from './shape.ts';
import { steps } from './steps.ts';

export interface GraphOptions extends Words {
  readonly stacked?: boolean;
  readonly max?: number;
  /** Drawn as lines. */
  readonly thresholds?: readonly Threshold[];
}

/** Lines over time. */
export function graph(title: string, unit: Unit, queries: readonly Query[], options: GraphOptions = {}): Tile {
  const { stacked = false, max, thresholds } = options;
  return {
    ...shape(title, queries, options, { width: 8, height: 7 }),
    visual: {
      type: 'timeseries',
      options: { tooltip: { mode: 'multi', sort: 'desc' } },
      fieldConfig: {
        defaults: {
          unit,
          min: 0,
          ...(max !== undefined && { max }),
          ...(thresholds !== undefined && { thresholds: steps(thresholds) }),
          custom: {
            fillOpacity: stacked ? 30 : 8,
            ...(stacked && { stacking: { mode: 'normal', group: 'A' } }),
            ...(thresholds !== undefined && { thresholdsStyle: { mode: 'line' } }),
          },
        },
        overrides: [],
      },
    },
  };
}
