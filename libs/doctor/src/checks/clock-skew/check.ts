import { ownSkew } from '../../clocks.ts';
import type { ClockFacts } from '../../facts.ts';
import { TIME } from '../../subjects.ts';
import { ago } from '../../times.ts';
import type { Check, Found } from '../../types.ts';

/** Samples and lines from further ahead than some minutes are refused; below half a minute nobody notices. */
const NOTICED_SECONDS = 30;
const HARMFUL_SECONDS = 120;

export const check: Check = {
  id: 'clock-skew',
  layer: 'cluster',
  runbook: 'clock-skew',
  find: ({ facts }) => {
    const clocks = facts.clocks ?? [];
    const own = ownSkew(clocks);
    return own === 0 ? clocks.flatMap((clock) => skewed(clock, facts.at)) : [ours(own, clocks)];
  },
};

/** All others agree with each other. */
function ours(skew: number, clocks: readonly ClockFacts[]): Found {
  return {
    severity: 'warning',
    what: `the clock of this machine is ${amount(skew)}`,
    where: 'this machine',
    why: [
      `${clocks.map(({ of }) => of).join(', ')} agree with each other, and not with it`,
      'times in this report are corrected by them; what this machine sends has the wrong time',
    ],
    next: 'date --utc; timedatectl status',
    about: ['this-machine'],
  };
}

function skewed({ of, aheadSeconds, withinSeconds }: ClockFacts, at: string): readonly Found[] {
  const off = Math.abs(aheadSeconds) - withinSeconds;
  if (off < NOTICED_SECONDS) return [];
  return [
    {
      severity: off < HARMFUL_SECONDS ? 'warning' : 'error',
      what: `the clock of ${of} is ${amount(aheadSeconds)}`,
      where: of,
      why: [
        `compared with the clock of this machine at ${at}, within ${withinSeconds.toFixed(0)} s`,
        'what is too far ahead is refused by the stores, and queries for now do not find what is behind',
      ],
      next: 'date --utc; kubectl get nodes -o wide',
      about: [TIME],
    },
  ];
}

function amount(aheadSeconds: number): string {
  return `${ago(Math.abs(aheadSeconds) * 1000)} ${aheadSeconds > 0 ? 'ahead' : 'behind'}`;
}
