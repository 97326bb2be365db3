import type { Alert } from '../../types.ts';
import { QUERY_SECONDS, recorded, type Objective } from './objectives.ts';
import type { Window } from './ratios.ts';

/**
 * Alerts on several windows (the SRE workbook, chapter 5): how many times faster than in thirty days a budget may be
 * spent, in a long window, for it matters, and in a short one, for it goes on. 14.4 times is a fiftieth of the month's
 * budget in an hour; 6 times, a twentieth in six hours; 3 times, a tenth in a day; once, a tenth in three days.
 */
interface Burn {
  readonly times: number;
  readonly long: Window;
  readonly short: Window;
}

const PAGE: readonly Burn[] = [
  { times: 14.4, long: '1h', short: '5m' },
  { times: 6, long: '6h', short: '30m' },
];

const TICKET: readonly Burn[] = [
  { times: 3, long: '1d', short: '2h' },
  { times: 1, long: '3d', short: '6h' },
];

/** Below this many a rate says nothing: on a small cluster, one of two queries in an hour would wake somebody. */
const FEWEST_FAILED = 10;

export function burning(objective: Objective): readonly Alert[] {
  const { store, side, budget } = objective;
  const word = side === 'writes' ? 'Writes' : 'Queries';
  const what = side === 'writes' ? 'writes end in errors' : `queries fail or take longer than ${QUERY_SECONDS} s`;
  const allowed = `${String(100 * budget)} %`;
  const common = { runbook: 'budget-burning' } as const;
  return [
    {
      alert: `${store.title}${word}BudgetBurning`,
      expr: expression(objective, PAGE, '1h', 3600),
      for: '2m',
      severity: 'critical',
      summary: `${store.title}: {{ $value | humanizePercentage }} of ${what} in {{ $labels.cluster }}`,
      description: `${allowed} may. At this rate the budget of a month is gone within days, or within hours.`,
      ...common,
    },
    {
      alert: `${store.title}${word}BudgetLeaking`,
      expr: expression(objective, TICKET, '6h', 6 * 3600),
      for: '15m',
      severity: 'warning',
      summary: `${store.title}: for days, {{ $value | humanizePercentage }} of ${what} in {{ $labels.cluster }}`,
      description: `${allowed} may. Nothing is urgent, but the budget of the month will not last.`,
      ...common,
    },
  ];
}

function expression(objective: Objective, burns: readonly Burn[], window: Window, seconds: number): string {
  const ratio = (of: Window) => recorded(objective, 'failed', `ratio_rate${of}`);
  const parts = burns.map(({ times, long, short }) => {
    // Floating point: 14.4 × 0.001 is 0.014400000000000001.
    const share = Number((times * objective.budget).toPrecision(6));
    return `(${ratio(long)} > ${share} and ${ratio(short)} > ${share})`;
  });
  const failed = `avg_over_time(${recorded(objective, 'failed', 'rate5m')}[${window}]) * ${seconds}`;
  return `(${parts.join(' or ')}) and ${failed} > ${FEWEST_FAILED}`;
}
