import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from './jobs.ts';

/**
 * Spans on their way in. Tempo's receivers are no routes of its HTTP server: they count spans that were accepted and
 * refused, and those that a tenant's own limits or faults refuse are counted among the discarded, too.
 */
export function spansReceived(plan: Plan, window: string): string {
  return `(${rate(plan, 'receiver_accepted_spans', window)} + ${rate(plan, 'receiver_refused_spans', window)})`;
}

/** Spans that were refused for a fault of Tempo's, and of no sender. */
export function spansRefused(plan: Plan, window: string): string {
  const theirs = rate(
    plan,
    'discarded_spans_total',
    window,
    ', reason=~"rate_limited|invalid_trace_id|invalid_span_id"',
  );
  const refused = rate(plan, 'receiver_refused_spans', window);
  return `clamp_min(${refused} - (${theirs} or 0 * ${refused}), 0)`;
}

function rate(plan: Plan, metric: string, window: string, more = ''): string {
  return `sum by (cluster) (rate(tempo_${metric}{${jobs(plan, 'tempo', 'distributor')}${more}}[${window}]))`;
}
