import type { Plan } from '@lgtm-fleet/plan';
import { runbooks, runbooksOf, runbookUrl, type RunbookName } from '@lgtm-fleet/runbooks';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { table } from '../../../panels/table.ts';
import { text } from '../../../panels/text.ts';
import { now, promql } from '../../../queries.ts';
import { plannedPods } from '../../../planned.ts';
import { inCluster, own, runs } from '../../../selectors.ts';
import type { Page, Query, Row, Tile } from '../../../types.ts';

export const overview: Page = {
  uid: 'lgtm-overview',
  title: 'Overview',
  description: 'Is it the service, or the monitoring? The page to open first.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [],
  rows: (plan) => [stores(plan), door(plan), ...canaries(plan), alerts(plan), pages(plan)],
};

const STORES = ['loki', 'mimir', 'prometheus', 'tempo', 'grafana'] as const;
const TITLES = { loki: 'Loki', mimir: 'Mimir', prometheus: 'Prometheus', tempo: 'Tempo', grafana: 'Grafana' };

function stores(plan: Plan): Row {
  return {
    title: 'Do the stores answer?',
    tiles: STORES.filter((name) => runs(plan, name)).map((name): Tile => {
      const planned = plannedPods(plan, name) ?? 1;
      return stat(`${TITLES[name]}: pods`, 'short', [now(`sum(up{${own(plan, name)}}) or vector(0)`)], {
        width: 6,
        description: `The plan has ${String(planned)} at least.`,
        thresholds: [
          { at: 0, color: 'red' },
          { at: planned, color: 'green' },
        ],
        runbook: 'store-down',
      });
    }),
  };
}

/** Requests of a kind at each store that failed, as a share of all. */
function failing(plan: Plan, kind: 'push' | 'query'): readonly Query[] {
  const share = (histogram: string, selector: string): string =>
    `(sum(rate(${histogram}_count{${selector}, status_code=~"5.."}[$__rate_interval])) or vector(0)) / sum(rate(${histogram}_count{${selector}}[$__rate_interval]))`;
  const role = kind === 'push' ? 'distributor' : 'query-frontend';
  const loki = kind === 'push' ? 'loki_api_v1_push|otlp_v1_logs' : 'loki_api_v1_(?:query|query_range|labels?|series)';
  const mimir = kind === 'push' ? 'api_v1_push|otlp_v1_metrics' : 'prometheus_api_v1_.+';
  return [
    ...(runs(plan, 'loki')
      ? [promql(share('loki_request_duration_seconds', `${own(plan, 'loki', role)}, route=~"${loki}"`), 'Loki')]
      : []),
    ...(runs(plan, 'mimir')
      ? [promql(share('cortex_request_duration_seconds', `${own(plan, 'mimir', role)}, route=~"${mimir}"`), 'Mimir')]
      : []),
    ...(runs(plan, 'tempo') && kind === 'query'
      ? [
          promql(
            share('tempo_request_duration_seconds', `${own(plan, 'tempo', role)}, route=~"(?:tempo_)?api_.+"`),
            'Tempo',
          ),
        ]
      : []),
  ];
}

function door(plan: Plan): Row {
  const rings = [
    ['loki', 'loki'],
    ['mimir', 'cortex'],
    ['tempo', 'tempo'],
  ] as const;
  return {
    title: 'Does telemetry come in, and out?',
    tiles: [
      graph('Pushes that failed', 'percentunit', failing(plan, 'push'), {
        description: 'Status 5xx. What is over the limit of its tenant is refused, and no failure.',
        thresholds: [{ at: 0.01, color: 'red' }],
        runbook: 'writes-failing',
      }),
      graph('Queries that failed', 'percentunit', failing(plan, 'query'), {
        thresholds: [{ at: 0.01, color: 'red' }],
        runbook: 'queries-failing',
      }),
      graph(
        'Unhealthy members of rings',
        'short',
        rings
          .filter(([component]) => runs(plan, component))
          .map(([component, prefix]) =>
            promql(
              `max by (name) (${prefix}_ring_members{${own(plan, component)}, state="Unhealthy"})`,
              `${component} {{name}}`,
            ),
          ),
        { thresholds: [{ at: 1, color: 'red' }], runbook: 'ring-unhealthy' },
      ),
      graph(
        'Refused at the gateway',
        'reqps',
        [
          promql(
            `sum by (user, status) (rate(gateway_refused_requests_total{${inCluster(plan)}}[$__rate_interval]))`,
            '{{user}} {{status}}',
          ),
        ],
        { width: 12, runbook: 'credential-refused' },
      ),
      graph('Clusters that send', 'short', [promql('count by (cluster) (up == 1)', '{{cluster}}')], {
        width: 12,
        description: 'Targets that answer, by cluster. A line that ends is a cluster that went silent.',
        runbook: 'edge-silent',
      }),
    ],
  };
}

function canaries(plan: Plan): readonly Row[] {
  if (!runs(plan, 'canary')) return [];
  const logs = own(plan, 'canary', 'logs');
  const metrics = own(plan, 'canary', 'metrics');
  const traces = own(plan, 'canary-traces');
  return [
    {
      title: 'Does what was written come back?',
      tiles: [
        graph(
          'Lines of the canary that did not come back',
          'cps',
          [
            promql(`sum(rate(loki_canary_missing_entries_total{${logs}}[$__rate_interval]))`, 'missing'),
            promql(
              `sum(rate(loki_canary_spot_check_missing_entries_total{${logs}}[$__rate_interval]))`,
              'missing later',
            ),
          ],
          { width: 8, runbook: 'canary-missing-data' },
        ),
        graph(
          'Samples of the canary that did not come back',
          'cps',
          [
            promql(`sum(rate(mimir_continuous_test_writes_failed_total{${metrics}}[$__rate_interval]))`, 'not written'),
            promql(
              `sum(rate(mimir_continuous_test_query_result_checks_failed_total{${metrics}}[$__rate_interval]))`,
              'not as written',
            ),
          ],
          { width: 8, runbook: 'canary-missing-data' },
        ),
        graph(
          'Traces of the canary that did not come back',
          'cps',
          [
            promql(
              `sum by (error) (rate(tempo_vulture_trace_error_total{${traces}}[$__rate_interval])) > 0`,
              '{{error}}',
            ),
          ],
          {
            width: 8,
            description:
              'Questions for a trace, by what was wrong: not found, not whole, not as written, or the query failed.',
            runbook: 'canary-missing-data',
          },
        ),
      ],
    },
  ];
}

function alerts(plan: Plan): Row {
  return {
    title: 'Alerts',
    tiles: [
      table(
        'Firing',
        [
          { from: 'severity', title: 'Severity' },
          { from: 'alertname', title: 'Alert' },
          { from: 'cluster', title: 'Cluster' },
          { from: '#0', title: 'How many' },
        ],
        [now('count by (severity, alertname, cluster) (ALERTS{alertstate="firing"})')],
        {
          width: 24,
          description: `As the rulers of ${plan.cluster} say. Each leads to its runbook from the alert itself.`,
        },
      ),
    ],
  };
}

const FIRST: readonly RunbookName[] = [
  'store-down',
  'writes-failing',
  'queries-failing',
  'queries-slow',
  'ring-unhealthy',
  'object-storage-refusing',
  'gateway-errors',
  'credential-refused',
  'edge-silent',
  'collector-down',
  'volume-filling',
  'kafka-lag',
];

function pages(plan: Plan): Row {
  const links = FIRST.filter((name) => runbooksOf(plan).includes(name)).map(
    (name) => `- [${runbooks[name].title}](${runbookUrl(plan, name)})`,
  );
  return { title: 'What to do', tiles: [text('Runbooks', links.join('\n'), { height: 8 })] };
}
