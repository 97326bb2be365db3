import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';
import { ofOwner, owner, type Ruler } from './ruler.ts';

/** Rules that fail, are late, or are skipped. */
export function evaluation(plan: Plan, ruler: Ruler): readonly Alert[] {
  const { component, title, role, prefix, reload } = ruler;
  const at = jobs(plan, component, role);
  const by = `${owner(ruler)}, rule_group`;
  return [
    {
      alert: `${title}RulesFailing`,
      // A quarter of an hour: a store that restarts makes some fail at any time.
      expr: `sum by (${by}) (rate(${prefix}_rule_evaluation_failures_total{${at}}[5m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: `${title}: rules${ofOwner(ruler)} fail in {{ $labels.cluster }}: {{ $labels.rule_group }}`,
      description:
        'A rule of this group is wrong, or what it asks does not answer. Its alerts neither fire nor end, and its series have holes.',
      runbook: 'ruler-failing',
    },
    {
      alert: `${title}RuleIterationsMissed`,
      expr: `sum by (${by}) (rate(${prefix}_rule_group_iterations_missed_total{${at}}[5m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: `${title}: rules${ofOwner(ruler)} skip rounds in {{ $labels.cluster }}: {{ $labels.rule_group }}`,
      description: 'A round takes longer than its interval, so that the next is left out. Alerts are late by as many.',
      runbook: 'ruler-failing',
    },
    {
      alert: `${title}RuleGroupSlow`,
      // At four fifths of the interval, the next larger query makes it skip a round.
      expr: `max by (${by}) (${prefix}_rule_group_last_duration_seconds{${at}}) > 0.8 * max by (${by}) (${prefix}_rule_group_interval_seconds{${at}})`,
      for: '15m',
      severity: 'warning',
      summary: `${title}: rules${ofOwner(ruler)} take {{ $value | humanizeDuration }} in {{ $labels.cluster }}: {{ $labels.rule_group }}`,
      description: 'The group needs nearly its whole interval. Make its queries cheaper, or split it.',
      runbook: 'ruler-failing',
    },
    {
      alert: `${title}RulerConfigRefused`,
      expr: `min by (${owner(ruler)}) (${reload}{${at}}) == 0`,
      for: '10m',
      severity: 'warning',
      summary: `${title}: the ruler cannot read the rules${ofOwner(ruler)} in {{ $labels.cluster }}`,
      description: 'It goes on with what it read last. What was changed since then is not evaluated.',
      runbook: 'rules-not-loaded',
    },
    ...(component === 'mimir' ? [recordings(at)] : []),
  ];
}

/** Mimir's ruler writes by way of the distributors, as any sender does, and under the same limits. */
function recordings(at: string): Alert {
  const writes = (which: string) =>
    `sum by (cluster, user) (rate(cortex_ruler_write_requests${which}_total{${at}}[5m]))`;
  return {
    alert: 'MimirRecordingsNotWritten',
    expr: `${writes('_failed')} / ${writes('')} > 0.1`,
    for: '15m',
    severity: 'warning',
    summary:
      'Mimir: {{ $value | humanizePercentage }} of writes of rules of {{ $labels.user }} fail in {{ $labels.cluster }}',
    description:
      'What recording rules compute is not kept, nor the state of alerts. The tenant may be at a limit of its own.',
    runbook: 'ruler-failing',
  };
}
