import type { RunbookName } from '@lgtm-fleet/runbooks';
import { graph } from '../panels/graph.ts';
import { promql } from '../queries.ts';
import type { Tile } from '../types.ts';

export interface RequestWords {
  /** `Writes`, `Queries`. */
  readonly what: string;
  /** Histogram without its ending: `loki_request_duration_seconds`. */
  readonly histogram: string;
  /** Series of those who answer these requests. */
  readonly selector: string;
  /** From here on somebody waits. */
  readonly slowSeconds: number;
  readonly runbook: RunbookName;
}

/** Rate, errors and duration of requests of a kind, as those who answer them count. */
export function requestTiles({ what, histogram, selector, slowSeconds, runbook }: RequestWords): readonly Tile[] {
  const count = `${histogram}_count{${selector}}[$__rate_interval]`;
  const failed = `${histogram}_count{${selector}, status_code=~"5..|error|Unavailable|Internal|Unknown"}[$__rate_interval]`;
  const quantile = (share: number): string =>
    `histogram_quantile(${String(share)}, sum by (le) (rate(${histogram}_bucket{${selector}}[$__rate_interval])))`;
  return [
    graph(`${what}, by status`, 'reqps', [promql(`sum by (status_code) (rate(${count}))`, '{{status_code}}')], {
      stacked: true,
    }),
    graph(
      `${what} that failed`,
      'percentunit',
      [promql(`(sum(rate(${failed})) or vector(0)) / sum(rate(${count}))`, 'failed')],
      {
        description: 'Status 5xx. What is refused because of a limit is 429, and no failure.',
        thresholds: [{ at: 0.01, color: 'red' }],
        runbook,
      },
    ),
    graph(`${what}: how long`, 's', [promql(quantile(0.5), 'half of them'), promql(quantile(0.99), '99 of 100')], {
      description: `From ${String(slowSeconds)} s on somebody waits, or sends again what was not acknowledged in time.`,
      thresholds: [{ at: slowSeconds, color: 'orange' }],
    }),
  ];
}
