import type { Plan } from '@lgtm-fleet/plan';
import { discards } from '../../discards.ts';
import type { Alert } from '../../types.ts';

/** Lines that Loki does not take, by its own reasons. */
export function discarded(plan: Plan): readonly Alert[] {
  return discards(plan, {
    store: 'loki',
    counter: 'loki_discarded_samples_total',
    tenant: 'tenant',
    what: 'lines',
    kinds: [
      {
        name: 'RateLimited',
        reasons: ['rate_limited', 'per_stream_rate_limit'],
        why: 'are over its rate',
        meaning:
          'The tenant, or one of its streams, writes more bytes a second than its limit, and is answered with 429. Collectors try again for a while; what stays above the limit is lost.',
        runbook: 'writes-rate-limited',
      },
      {
        name: 'OverStreamLimit',
        reasons: ['stream_limit'],
        why: 'are over its limit of streams',
        meaning:
          'The tenant has as many streams as it may. Streams that are there go on; lines of new pods, or of new label values, are refused.',
        runbook: 'series-limit-reached',
      },
      {
        name: 'OutOfOrder',
        reasons: ['greater_than_max_sample_age', 'too_far_behind', 'out_of_order'],
        why: 'are too old',
        meaning:
          'Lines come later than Loki takes them: a collector reads old files, or was away for long. They are lost.',
        runbook: 'writes-out-of-order',
      },
      {
        name: 'InFuture',
        reasons: ['too_far_in_future'],
        why: 'are of the future',
        meaning: 'The clock of a sender is ahead, or a wrong part of its lines is read as their time. They are lost.',
        runbook: 'clock-skew',
      },
    ],
  });
}
