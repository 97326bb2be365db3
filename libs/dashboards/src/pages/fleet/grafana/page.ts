import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { processesRow } from '../../../rows/processes.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page, Row } from '../../../types.ts';

export const grafana: Page = {
  uid: 'lgtm-grafana',
  title: 'Grafana',
  description: 'What shows this page: whether it answers, and whether its data sources do.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'grafana'),
  variables: () => [],
  rows: (plan) => [people(plan), sources(plan), processesRow(plan, 'grafana')],
};

function people(plan: Plan): Row {
  const self = own(plan, 'grafana');
  return {
    title: 'Requests of people',
    tiles: [
      graph(
        'By status',
        'reqps',
        [
          promql(
            `sum by (status_code) (rate(grafana_http_request_duration_seconds_count{${self}}[$__rate_interval]))`,
            '{{status_code}}',
          ),
        ],
        {
          width: 12,
          stacked: true,
          runbook: 'grafana-down',
        },
      ),
      graph(
        'How long they take',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (le) (rate(grafana_http_request_duration_seconds_bucket{${self}}[$__rate_interval])))`,
            '99 of 100',
          ),
        ],
        { width: 12 },
      ),
    ],
  };
}

function sources(plan: Plan): Row {
  const self = own(plan, 'grafana');
  return {
    title: 'Data sources',
    tiles: [
      graph(
        'Queries that failed',
        'reqps',
        [
          promql(
            `sum by (datasource, code) (rate(grafana_datasource_request_total{${self}, code!~"2.."}[$__rate_interval]))`,
            '{{datasource}} {{code}}',
          ),
        ],
        { runbook: 'grafana-data-source-failing' },
      ),
      graph(
        'Queries',
        'reqps',
        [
          promql(
            `sum by (datasource) (rate(grafana_datasource_request_total{${self}}[$__rate_interval]))`,
            '{{datasource}}',
          ),
        ],
        {
          stacked: true,
        },
      ),
      graph(
        'How long queries take, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (datasource, le) (rate(grafana_datasource_request_duration_seconds_bucket{${self}}[$__rate_interval])))`,
            '{{datasource}}',
          ),
        ],
        { thresholds: [{ at: 10, color: 'orange' }], runbook: 'queries-slow' },
      ),
    ],
  };
}
