import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert, RuleFamily } from '../../types.ts';

/** Grafana itself, its database, and what the stores answer it. */
export const grafana: RuleFamily = {
  name: 'grafana',
  audience: 'stack',
  evaluators: ['metrics'],
  groups: (plan) => (plan.grafana === undefined ? [] : [{ name: 'grafana', rules: rules(plan) }]),
};

function rules(plan: Plan): readonly Alert[] {
  const own = jobs(plan, 'grafana');
  const up = `up{cluster="${plan.collection.clusterLabel}", ${own}}`;
  const answers = (more: string): string =>
    `sum by (cluster, job) (rate(grafana_http_request_duration_seconds_count{${own}${more}}[10m]))`;
  const asked = (more: string): string =>
    `sum by (cluster, datasource, datasource_type) (rate(grafana_datasource_request_total{${own}${more}}[10m]))`;
  return [
    {
      alert: 'GrafanaDown',
      expr: `max by (cluster, job) (${up}) == 0 or absent(${up})`,
      for: '5m',
      severity: 'critical',
      summary: 'Grafana of {{ $labels.cluster }} does not answer',
      description: 'Nobody sees anything. Alerts are evaluated and sent all the same: they do not pass Grafana.',
      runbook: 'grafana-down',
    },
    {
      alert: 'GrafanaErrors',
      expr: `${answers(', status_code=~"5.."')} / ${answers('')} > 0.05 and ${answers('')} > 0.05`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the answers of Grafana of {{ $labels.cluster }} are errors',
      description: 'Its database, its sign-in or a data source fails. Panels stay empty for those who look.',
      runbook: 'grafana-down',
    },
    {
      alert: 'GrafanaDataSourceFailing',
      // A query that is wrong is 4xx, and its author's; 5xx is the store's.
      expr: `${asked(', code=~"5.."')} / ${asked('')} > 0.1 and ${asked(', code=~"5.."')} > 0.02`,
      for: '10m',
      severity: 'warning',
      summary:
        '{{ $value | humanizePercentage }} of what Grafana of {{ $labels.cluster }} asks {{ $labels.datasource }} fails',
      description:
        'The store behind it fails or takes too long, as the gateway tells Grafana. Other data sources may be well.',
      runbook: 'grafana-data-source-failing',
    },
    {
      alert: 'GrafanaWaitsForDatabase',
      expr: `sum by (cluster, job) (rate(grafana_database_conn_wait_count_total{${own}}[10m])) > 1`,
      for: '15m',
      severity: 'warning',
      summary: 'Grafana of {{ $labels.cluster }} waits for its database {{ $value | humanize }} times a second',
      description:
        'All connections of its pool are in use: the database is slow, or allows fewer connections than Grafana wants.',
      runbook: 'grafana-down',
    },
  ];
}
