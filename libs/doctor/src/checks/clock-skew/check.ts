import { TIME } from '../../subjects.ts';
import { ago } from '../../times.ts';
import type { Check } from '../../types.ts';

/** Samples and lines from further ahead than some minutes are refused; below half a minute nobody notices. */
const NOTICED_SECONDS = 30;
const HARMFUL_SECONDS = 120;

export const check: Check = {
  id: 'clock-skew',
  layer: 'cluster',
  runbook: 'clock-skew',
  find: ({ facts }) =>
    (facts.clocks ?? []).flatMap(({ of, aheadSeconds, withinSeconds }) => {
      const off = Math.abs(aheadSeconds) - withinSeconds;
      if (off < NOTICED_SECONDS) return [];
      const amount = ago(Math.abs(aheadSeconds) * 1000);
      return [
        {
          severity: off < HARMFUL_SECONDS ? 'warning' : 'error',
          what: `the clock of ${of} is ${amount} ${aheadSeconds > 0 ? 'ahead' : 'behind'}`,
          where: of,
          why: [
            `compared with the clock of this machine at ${facts.at}, within ${withinSeconds.toFixed(0)} s`,
            'what is too far ahead is refused by the stores, and queries for now do not find what is behind',
          ],
          next: 'date --utc; kubectl get nodes -o wide',
          about: [TIME],
        },
      ];
    }),
};
