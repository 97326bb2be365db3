import type { Plan } from '@lgtm-fleet/plan';
import { discards } from '../../discards.ts';
import type { Alert } from '../../types.ts';

/** Samples that Mimir does not take, by its own reasons. */
export function discarded(plan: Plan): readonly Alert[] {
  return discards(plan, {
    store: 'mimir',
    counter: 'cortex_discarded_samples_total',
    tenant: 'user',
    what: 'samples',
    kinds: [
      {
        name: 'RateLimited',
        reasons: ['rate_limited'],
        why: 'are over its rate',
        meaning:
          'The tenant sends more samples a second than its limit, and is answered with 429. Collectors try again for a while; what stays above the limit is lost.',
        runbook: 'writes-rate-limited',
      },
      {
        name: 'OverSeriesLimit',
        reasons: ['per_user_series_limit', 'per_user_active_series_limit', 'per_metric_series_limit'],
        why: 'are over its limit of series',
        meaning:
          'The tenant has as many series as it may. Series that are there go on; every new pod, host or label value is refused.',
        runbook: 'series-limit-reached',
      },
      {
        name: 'OutOfOrder',
        reasons: ['sample-out-of-order', 'sample-too-old', 'sample-timestamp-too-old', 'new-value-for-timestamp'],
        why: 'are late or twice there',
        meaning:
          'Samples come later than the tenant may be late, or two senders write one series. Graphs of these series have holes, or are one sender of two.',
        runbook: 'writes-out-of-order',
      },
      {
        name: 'InFuture',
        reasons: ['too_far_in_future', 'sample-too-far-in-future'],
        why: 'are of the future',
        meaning: 'The clock of a sender is ahead. Its samples are refused, and alerts on its series see nothing.',
        runbook: 'clock-skew',
      },
    ],
  });
}
