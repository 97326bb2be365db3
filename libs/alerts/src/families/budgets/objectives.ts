import { STORES, type Store } from '../../stores.ts';

export interface Objective {
  readonly store: Store;
  readonly side: 'writes' | 'queries';
  /** Share of requests that may fail. */
  readonly budget: number;
}

/** 99.9 %: collectors try again what failed, so that a tenth of a percent is late, not lost; three quarters of an hour a month. */
const WRITES = 0.001;

/** 99 %: whoever asks can ask again, and asks for a thousand times less than is written. */
const QUERIES = 0.01;

/** A query that takes longer has failed, too: somebody who waits for a graph has reloaded by then. A bucket of all three histograms. */
export const QUERY_SECONDS = 10;

export const OBJECTIVES: readonly Objective[] = Object.values(STORES).flatMap((store) => [
  { store, side: 'writes', budget: WRITES } as const,
  { store, side: 'queries', budget: QUERIES } as const,
]);

/** The name of what an objective records: `cluster:loki_writes_failed:rate5m`. */
export function recorded({ store, side }: Objective, what: 'all' | 'failed', operation: string): string {
  return `cluster:${store.name}_${side}${what === 'failed' ? '_failed' : ''}:${operation}`;
}
