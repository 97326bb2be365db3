import type { Threshold } from '../types.ts';

/** Thresholds as Grafana has them: from the first on green, unless said. */
export function steps(thresholds: readonly Threshold[]) {
  return {
    mode: 'absolute',
    steps: [{ value: null, color: 'green' }, ...thresholds.map(({ at, color }) => ({ value: at, color }))],
  } as const;
}
