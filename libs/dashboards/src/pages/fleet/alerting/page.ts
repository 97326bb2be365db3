import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { table } from '../../../panels/table.ts';
import { now, promql } from '../../../queries.ts';
import { processesRow } from '../../../rows/processes.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page, Query, Row } from '../../../types.ts';

export const alerting: Page = {
  uid: 'lgtm-alerting',
  title: 'Alerting',
  description: 'What fires, whether rules are evaluated, and whether people are told of it.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [],
  rows: (plan) => [
    firing,
    rules(plan),
    ...(alertmanagers(plan, 'notifications_total').length > 0 ? [notifications(plan)] : []),
    ...(['alertmanager', 'meta-monitoring'] as const)
      .filter((name) => runs(plan, name))
      .map((name) => ({
        ...processesRow(plan, name),
        title: name === 'alertmanager' ? 'Pods of the Alertmanager' : 'Pods of the Prometheus that watches',
      })),
  ],
};

const firing: Row = {
  title: 'What fires',
  tiles: [
    graph(
      'Alerts that fire, by severity',
      'short',
      [promql('count by (severity) (ALERTS{alertstate="firing"})', '{{severity}}')],
      {
        width: 8,
        height: 9,
        stacked: true,
        description: 'One always does: the switch by which others know that alerts arrive.',
      },
    ),
    table(
      'Alerts',
      [
        { from: 'severity', title: 'Severity' },
        { from: 'alertname', title: 'Alert' },
        { from: 'alertstate', title: 'State' },
        { from: 'cluster', title: 'Cluster' },
        { from: '#0', title: 'How many' },
      ],
      [now('count by (severity, alertname, alertstate, cluster) (ALERTS)')],
      { width: 16, height: 9, description: '`pending` is what has to hold a little longer.' },
    ),
  ],
};

/** Rulers call alike what they have in common, after a beginning of their own. */
function rulers(plan: Plan): readonly (readonly [title: string, beginning: string, selector: string])[] {
  return [
    ...(runs(plan, 'mimir') ? ([['Mimir', 'cortex_prometheus', own(plan, 'mimir', 'ruler')]] as const) : []),
    ...(runs(plan, 'prometheus') ? ([['Prometheus', 'prometheus', own(plan, 'prometheus')]] as const) : []),
    ...(runs(plan, 'loki') ? ([['Loki', 'loki_prometheus', own(plan, 'loki', 'ruler')]] as const) : []),
    ...(runs(plan, 'meta-monitoring')
      ? ([['The one that watches', 'prometheus', own(plan, 'meta-monitoring')]] as const)
      : []),
  ];
}

function rules(plan: Plan): Row {
  const of = (metric: string): readonly Query[] =>
    rulers(plan).map(([title, beginning, selector]) =>
      promql(`sum(rate(${beginning}_${metric}{${selector}}[$__rate_interval]))`, title),
    );
  return {
    title: 'Are rules evaluated?',
    tiles: [
      graph('Evaluations', 'cps', of('rule_evaluations_total'), { runbook: 'rules-not-loaded' }),
      graph('Evaluations that failed', 'cps', of('rule_evaluation_failures_total'), { runbook: 'ruler-failing' }),
      graph('Evaluations missed', 'cps', of('rule_group_iterations_missed_total'), {
        description: 'A group that takes longer than its interval leaves out what it cannot do; its alerts are late.',
        runbook: 'ruler-failing',
      }),
    ],
  };
}

/** Mimir's own Alertmanager, and the small one beside it. */
function alertmanagers(plan: Plan, metric: string): readonly Query[] {
  const query = (name: string, title: string): Query =>
    promql(`sum by (integration) (rate(${name}[$__rate_interval]))`, `${title}: {{integration}}`);
  return [
    ...(runs(plan, 'mimir')
      ? [query(`cortex_alertmanager_${metric}{${own(plan, 'mimir', 'alertmanager')}}`, 'Mimir')]
      : []),
    ...(runs(plan, 'alertmanager')
      ? [query(`alertmanager_${metric}{${own(plan, 'alertmanager')}}`, 'Alertmanager')]
      : []),
  ];
}

function notifications(plan: Plan): Row {
  return {
    title: 'Are people told?',
    tiles: [
      graph('Notifications, by receiver', 'cps', alertmanagers(plan, 'notifications_total'), { width: 12 }),
      graph('Notifications that failed', 'cps', alertmanagers(plan, 'notifications_failed_total'), {
        width: 12,
        description: 'They are tried again; meanwhile nobody knows.',
        runbook: 'notifications-failing',
      }),
    ],
  };
}
