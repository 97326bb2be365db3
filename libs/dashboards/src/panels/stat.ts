import type { Query, Threshold, Tile, Unit } from '../types.ts';
import { shape, type Words } from './shape.ts';
import { steps } from './steps.ts';

export interface StatOptions extends Words {
  readonly thresholds?: readonly Threshold[];
  /** A word for a value: `{ 0: 'none' }`. */
  readonly named?: Readonly<Record<string, string>>;
  /** What stands there when nothing answers; Grafana's own words unless said. */
  readonly none?: string;
}

/** One number for each series, as of now. */
export function stat(title: string, unit: Unit, queries: readonly Query[], options: StatOptions = {}): Tile {
  const { thresholds, named, none } = options;
  return {
    ...shape(title, queries, options, { width: 4, height: 4 }),
    visual: {
      type: 'stat',
      options: {
        graphMode: 'none',
        colorMode: thresholds === undefined ? 'none' : 'value',
        reduceOptions: { values: false, calcs: ['lastNotNull'] },
      },
      fieldConfig: {
        defaults: {
          unit,
          ...(thresholds !== undefined && { thresholds: steps(thresholds), color: { mode: 'thresholds' } }),
          ...(named !== undefined && { mappings: [words(named)] }),
          ...(none !== undefined && { noValue: none }),
        },
        overrides: [],
      },
    },
  };
}

function words(named: Readonly<Record<string, string>>) {
  const options = Object.fromEntries(Object.entries(named).map(([value, text], index) => [value, { text, index }]));
  return { type: 'value', options } as const;
}
