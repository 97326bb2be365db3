import { graph } from '../../../panels/graph.ts';
import { logLines, traceList } from '../../../panels/lines.ts';
import { stat } from '../../../panels/stat.ts';
import { table } from '../../../panels/table.ts';
import { counted, lines, now, promql, traces, withExemplars } from '../../../queries.ts';
import type { Page, Row } from '../../../types.ts';
import { labelVariable, oneLabelVariable } from '../../../variables.ts';

/** Calls that a service answers, made of its spans. */
const ANSWERED =
  'cluster=~"$cluster", namespace=~"$namespace", service="$service", span_kind=~"SPAN_KIND_(?:SERVER|CONSUMER)"';
const FAILED = `${ANSWERED}, status_code="STATUS_CODE_ERROR"`;
const STREAMS = '{cluster=~"$cluster", service_name="$service"}';

export const service: Page = {
  uid: 'lgtm-service',
  title: 'Service',
  description:
    'What a service answers, how often it fails and how long it takes; and from there to its traces and logs.',
  folder: 'services',
  audience: 'tenants',
  variables: () => [
    labelVariable('cluster', 'Cluster', 'traces_spanmetrics_calls_total'),
    labelVariable('namespace', 'Namespace', 'traces_spanmetrics_calls_total{cluster=~"$cluster"}'),
    oneLabelVariable(
      'service',
      'Service',
      'traces_spanmetrics_calls_total{cluster=~"$cluster", namespace=~"$namespace"}',
    ),
  ],
  rows: (plan) => [red, operations, neighbours, said(plan.grafana?.profiles !== undefined)],
};

const rate = (selector: string): string => `sum(rate(traces_spanmetrics_calls_total{${selector}}[$__rate_interval]))`;
const quantile = (share: number, by = ''): string =>
  `histogram_quantile(${String(share)}, sum by (le${by}) (rate(traces_spanmetrics_latency_bucket{${ANSWERED}}[$__rate_interval])))`;

const red: Row = {
  title: 'Rate, errors, duration',
  tiles: [
    graph('Calls answered', 'reqps', [promql(rate(ANSWERED), 'calls')]),
    graph(
      'Calls that failed',
      'percentunit',
      [promql(`(${rate(FAILED)} or vector(0)) / ${rate(ANSWERED)}`, 'failed')],
      {
        description: 'Spans whose status is an error, as the service itself says.',
        thresholds: [{ at: 0.01, color: 'red' }],
      },
    ),
    graph(
      'How long calls take',
      's',
      [
        promql(quantile(0.5), 'half of them'),
        withExemplars(promql(quantile(0.95), '95 of 100')),
        promql(quantile(0.99), '99 of 100'),
      ],
      { description: 'Each point is a call: it leads to its trace.' },
    ),
  ],
};

const operations: Row = {
  title: 'By operation',
  tiles: [
    table(
      'Operations',
      [
        {
          from: 'span_name',
          title: 'Operation',
          link: {
            title: 'Its slow traces',
            url: '/d/lgtm-traces?var-service=${service}&var-operation=${__data.fields.Operation}&from=${__from}&to=${__to}',
          },
        },
        { from: '#0', title: 'Calls', unit: 'reqps' },
        { from: '#1', title: 'Failed', unit: 'percentunit' },
        { from: '#2', title: '95 of 100', unit: 's' },
      ],
      [
        now(`sum by (span_name) (rate(traces_spanmetrics_calls_total{${ANSWERED}}[$__rate_interval]))`),
        now(
          `sum by (span_name) (rate(traces_spanmetrics_calls_total{${FAILED}}[$__rate_interval])) / sum by (span_name) (rate(traces_spanmetrics_calls_total{${ANSWERED}}[$__rate_interval]))`,
        ),
        now(quantile(0.95, ', span_name')),
      ],
      { width: 12 },
    ),
    graph(
      'Slowest operations, 95 of 100',
      's',
      [withExemplars(promql(`topk(5, ${quantile(0.95, ', span_name')})`, '{{span_name}}'))],
      {
        width: 12,
        height: 8,
      },
    ),
  ],
};

/** Ends of calls, as the service graph has them. */
const edges = (side: 'client' | 'server', metric: string): string =>
  `traces_service_graph_request_${metric}{${side === 'client' ? 'server' : 'client'}="$service"}`;

const neighbours: Row = {
  title: 'Who calls it, and whom it calls',
  tiles: [
    graph('Calls from', 'reqps', [
      promql(`sum by (client) (rate(${edges('client', 'total')}[$__rate_interval]))`, '{{client}}'),
    ]),
    graph('Calls to', 'reqps', [
      promql(`sum by (server) (rate(${edges('server', 'total')}[$__rate_interval]))`, '{{server}}'),
    ]),
    graph(
      'How long calls to others take, 95 of 100',
      's',
      [
        promql(
          `histogram_quantile(0.95, sum by (le, server) (rate(${edges('server', 'client_seconds_bucket')}[$__rate_interval])))`,
          '{{server}}',
        ),
      ],
      { description: 'As the service itself waits for them.' },
    ),
  ],
};

function said(profiled: boolean): Row {
  return {
    title: 'Traces and logs',
    tiles: [
      stat(
        'Log lines with an error',
        'cps',
        [counted(`sum(rate(${STREAMS} | detected_level=~"error|critical|fatal" [$__auto]))`, 'lines')],
        {
          width: profiled ? 4 : 6,
          height: 9,
          description: 'By the level that Loki finds in a line.',
        },
      ),
      traceList(
        'Failed and slow traces',
        traces('{ resource.service.name = "$service" && (status = error || duration > 1s) }'),
        {
          width: profiled ? 20 : 18,
          description: profiled
            ? 'An open span leads to its log lines, to the metrics of its service, and to its profile.'
            : 'An open span leads to its log lines, and to the metrics of its service.',
        },
      ),
      logLines('Log lines', lines(STREAMS), { description: 'The trace id of a line leads to its trace.' }),
    ],
  };
}
