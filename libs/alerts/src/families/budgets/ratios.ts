import type { Plan } from '@lgtm-fleet/plan';
import { front } from '../../stores.ts';
import { spansReceived, spansRefused } from '../../spans.ts';
import type { Recording } from '../../types.ts';
import { QUERY_SECONDS, recorded, type Objective } from './objectives.ts';

/** Windows that the alerts on budgets look back over, the short first. */
export const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

export type Window = (typeof WINDOWS)[number];

/**
 * What came in and what failed of it, a second, and from these the share that failed in each window. Sums of the two
 * over a window weigh each minute by its traffic, and read a series a minute instead of every pod's.
 */
export function ratios(plan: Plan, objective: Objective): readonly Recording[] {
  const [all, failed] = [recorded(objective, 'all', 'rate5m'), recorded(objective, 'failed', 'rate5m')];
  const ratio = (window: Window) =>
    window === '5m'
      ? `${failed} / (${all} > 0)`
      : `sum_over_time(${failed}[${window}]) / (sum_over_time(${all}[${window}]) > 0)`;
  return [
    { record: all, expr: valid(plan, objective) },
    { record: failed, expr: bad(plan, objective) },
    ...WINDOWS.map((window) => ({
      record: recorded(objective, 'failed', `ratio_rate${window}`),
      expr: ratio(window),
    })),
  ];
}

function valid(plan: Plan, objective: Objective): string {
  return isOfSpans(objective) ? spansReceived(plan, '5m') : rate(plan, objective, '_count', 'status_code!~"4.."');
}

function bad(plan: Plan, objective: Objective): string {
  if (isOfSpans(objective)) return spansRefused(plan, '5m');
  const all = rate(plan, objective, '_count', 'status_code!~"4.."');
  if (objective.side === 'writes') return `${rate(plan, objective, '_count', 'status_code=~"5.."')} or 0 * ${all}`;
  // Prometheus 3 writes whole numbers of buckets as 10.0.
  const good = rate(plan, objective, '_bucket', `status_code=~"2..", le=~"${QUERY_SECONDS}([.]0)?"`);
  return `clamp_min(${all} - (${good} or 0 * ${all}), 0)`;
}

function isOfSpans({ store, side }: Objective): boolean {
  return side === 'writes' && store.writes === undefined;
}

/** Requests that are wrong themselves, 4xx, are nobody's fault here and count on neither side. */
function rate(plan: Plan, { store, side }: Objective, part: '_count' | '_bucket', status: string): string {
  return `sum by (cluster) (rate(${store.requests}${part}{${front(plan, store, side)}, ${status}}[5m]))`;
}
