import type { RunbookName } from '@lgtm-fleet/runbooks';
import { growthOf, onProgram } from '../../programs.ts';
import { TIME } from '../../subjects.ts';
import type { Check } from '../../types.ts';

const COUNTERS = {
  cortex_discarded_samples_total: 'samples',
  loki_discarded_samples_total: 'lines',
  tempo_discarded_spans_total: 'spans',
} as const;

/** What a clock that is off can do. */
const LATE = /out_of_order|out-of-order|too_old|too-old|too_far|duplicate|greater_than_max|older/;

/** The first pattern that a reason fits says which page helps. */
const PAGES: readonly (readonly [RegExp, RunbookName])[] = [
  [/series_limit|stream_limit|active_series|metadata_limit/, 'series-limit-reached'],
  [/rate_limit|ingestion_rate|request_rate|limited/, 'writes-rate-limited'],
  [LATE, 'writes-out-of-order'],
];

/** Acknowledged by nobody: senders may try again, or let go of it. */
export const check: Check = {
  id: 'writes-discarded',
  layer: 'store',
  runbook: 'writes-failing',
  find: ({ plan, facts }) =>
    (facts.programs ?? []).flatMap((program) =>
      Object.entries(COUNTERS).flatMap(([counter, what]) =>
        growthOf(program, counter).map(({ labels, value }) => {
          const tenant = labels['user'] ?? labels['tenant'] ?? 'no tenant';
          const reason = labels['reason'] ?? 'no reason given';
          const limits = plan.tenants.find(({ name }) => name === tenant)?.limits;
          return {
            ...onProgram(program),
            about: [...onProgram(program).about, ...(LATE.test(reason) ? [TIME] : [])],
            severity: 'warning' as const,
            what: `${what} of ${tenant} are discarded: ${reason}`,
            why: [
              `${value.toFixed(0)} within ${(program.secondsBetween ?? 0).toFixed(0)} s by ${program.pod}`,
              ...(limits === undefined
                ? []
                : [
                    `its limits: ${limits.activeSeries} series, ${limits.samplesPerSecond} samples, ${limits.logBytesPerSecond} bytes of logs and ${limits.traceBytesPerSecond} bytes of traces a second`,
                  ]),
            ],
            next: `nx run tools:plan --cluster=${plan.cluster}`,
            runbook:
              counter === 'tempo_discarded_spans_total'
                ? ('spans-discarded' as const)
                : (PAGES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'writes-failing'),
          };
        }),
      ),
    ),
};
