import type { ComponentName, Plan } from '@lgtm-fleet/plan';
import type { Alert, RuleFamily } from '../../types.ts';

/**
 * What alerts itself. The Prometheus that watches the stores and the rulers of the stores evaluate the same rules: each
 * tells of the other, and whoever waits for the dead man's switch tells of both.
 */
export const meta: RuleFamily = {
  name: 'meta',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) => {
    if (plan.role === 'edge') return [];
    const runs = (component: ComponentName): boolean => plan.components.some(({ name }) => name === component);
    return [
      { name: 'meta', rules: [alwaysFiring(plan), ...(runs('meta-monitoring') ? [watcherSilent()] : [])] },
      ...(runs('meta-monitoring') ? [{ name: 'meta-watcher', rules: watcher() }] : []),
      ...(runs('alertmanager') ? [{ name: 'meta-alertmanager', rules: alertmanager() }] : []),
    ];
  },
};

/** A Prometheus that is a store, where there is no Mimir, is told of with the rulers. */
const WATCHER = 'job="monitoring/meta-monitoring"';
const WATCHERS = 'job=~"monitoring/(?:meta-monitoring|alertmanager)"';
const ALERTMANAGER = 'job="monitoring/alertmanager"';
const WHERE = '{{ $labels.pod }} of {{ $labels.cluster }}';

function alwaysFiring({ collection }: Plan): Alert {
  return {
    alert: 'DeadMansSwitch',
    expr: `label_replace(vector(1), "cluster", "${collection.clusterLabel}", "", "")`,
    for: '0m',
    severity: 'info',
    summary: 'Alerts of {{ $labels.cluster }} are evaluated and sent',
    description:
      'This one always fires. Whoever is told of it raises the alarm when it stays away: then nothing evaluates rules, or nothing sends what they say.',
    runbook: 'dead-mans-switch-silent',
  };
}

function watcherSilent(): Alert {
  return {
    alert: 'WatcherSilent',
    // Of the last day: a cluster that has none is told of nothing.
    expr: `count by (cluster, job) (max_over_time(up{${WATCHERS}}[1d]) == 1) unless on (cluster, job) up{${WATCHERS}} == 1`,
    for: '10m',
    severity: 'critical',
    summary: '{{ $labels.job }} of {{ $labels.cluster }} is not heard of',
    description:
      'What watches the stores, or what tells people of it, does not run or cannot be scraped. When a store goes down now, nobody is told.',
    runbook: 'meta-monitoring-down',
  };
}

function watcher(): readonly Alert[] {
  const sent = (metric: string): string =>
    `sum by (cluster, job, pod, alertmanager) (rate(prometheus_notifications_${metric}{${WATCHER}}[10m]))`;
  return [
    {
      alert: 'WatcherConfigRefused',
      expr: `min by (cluster, job, pod) (prometheus_config_last_reload_successful{${WATCHER}}) == 0`,
      for: '10m',
      severity: 'warning',
      summary: `Prometheus ${WHERE} did not take its configuration`,
      description:
        'It goes on with the one before and without newer rules; after a restart it does not come up. Its log names the file and the line.',
      runbook: 'meta-monitoring-down',
    },
    {
      alert: 'WatcherRulesFailing',
      expr: `sum by (cluster, job, pod, rule_group) (increase(prometheus_rule_evaluation_failures_total{${WATCHER}}[15m])) > 0`,
      for: '10m',
      severity: 'warning',
      summary: `Rules of {{ $labels.rule_group }} fail in Prometheus ${WHERE}`,
      description:
        'Their queries end in an error, mostly series that are there twice. An alert of that group may be missing.',
      runbook: 'ruler-failing',
    },
    {
      alert: 'WatcherRulesLate',
      expr: `sum by (cluster, job, pod, rule_group) (increase(prometheus_rule_group_iterations_missed_total{${WATCHER}}[15m])) > 2`,
      for: '15m',
      severity: 'warning',
      summary: `Rules of {{ $labels.rule_group }} are late in Prometheus ${WHERE}`,
      description: 'A group takes longer than its interval, and evaluations are left out. Alerts come late.',
      runbook: 'ruler-failing',
    },
    {
      alert: 'WatcherNotificationsFailing',
      // What failed is not among what was sent.
      expr: `${sent('errors_total')} / (${sent('errors_total')} + ${sent('sent_total')}) > 0.05`,
      for: '10m',
      severity: 'critical',
      summary: `{{ $value | humanizePercentage }} of the alerts of Prometheus ${WHERE} reach no Alertmanager`,
      description: 'The Alertmanager does not take them. Alerts fire, and nobody is told.',
      runbook: 'notifications-failing',
    },
    {
      alert: 'WatcherWithoutAlertmanager',
      // Where nobody is to be told there is none, and none to be missed.
      expr: [
        `max by (cluster, job, pod) (prometheus_notifications_alertmanagers_discovered{${WATCHER}}) < 1`,
        `and on (cluster) max_over_time(alertmanager_build_info{${ALERTMANAGER}}[1d])`,
      ].join(' '),
      for: '10m',
      severity: 'critical',
      summary: `Prometheus ${WHERE} knows no Alertmanager`,
      description: 'It finds none at the address of its configuration. Alerts fire, and nobody is told.',
      runbook: 'notifications-failing',
    },
  ];
}

function alertmanager(): readonly Alert[] {
  const sent = (metric: string): string =>
    `sum by (cluster, job, pod, integration) (rate(alertmanager_notifications_${metric}{${ALERTMANAGER}}[15m]))`;
  return [
    {
      alert: 'AlertmanagerConfigRefused',
      expr: `min by (cluster, job, pod) (alertmanager_config_last_reload_successful{${ALERTMANAGER}}) == 0`,
      for: '10m',
      severity: 'warning',
      summary: `Alertmanager ${WHERE} did not take its configuration`,
      description: 'It goes on with the routes before; after a restart it does not come up. Its log names the line.',
      runbook: 'notifications-failing',
    },
    {
      alert: 'AlertmanagerNotificationsFailing',
      expr: `${sent('failed_total')} / ${sent('total')} > 0.05`,
      for: '10m',
      severity: 'critical',
      summary: `{{ $value | humanizePercentage }} of what Alertmanager ${WHERE} sends by {{ $labels.integration }} fails`,
      description:
        'The receiver refuses it, its credential is wrong, or the way out is closed. It tries again for a while, and then nobody is told of that alert.',
      runbook: 'notifications-failing',
    },
  ];
}
