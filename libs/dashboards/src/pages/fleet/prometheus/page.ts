import type { Plan } from '@lgtm-fleet/plan';
import { formatBytes } from '@lgtm-fleet/units';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { now, promql } from '../../../queries.ts';
import { processesRow } from '../../../rows/processes.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page, Row } from '../../../types.ts';

export const prometheus: Page = {
  uid: 'lgtm-prometheus',
  title: 'Prometheus',
  description: 'The store of metrics of a small cluster: whether samples come in, are kept, and are found again.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'prometheus'),
  variables: () => [],
  rows: (plan) => [writes(plan), reads(plan), retention(plan), rules(plan), processesRow(plan, 'prometheus')],
};

function writes(plan: Plan): Row {
  const self = own(plan, 'prometheus');
  return {
    title: 'Write path',
    tiles: [
      graph('Samples stored', 'cps', [
        promql(
          `sum by (type) (rate(prometheus_tsdb_head_samples_appended_total{${self}}[$__rate_interval]))`,
          '{{type}}',
        ),
      ]),
      graph('Series in memory', 'short', [promql(`sum(prometheus_tsdb_head_series{${self}})`, 'series')], {
        description: `The spec says ${String(plan.load.activeSeries)} series.`,
        thresholds: [{ at: plan.load.activeSeries, color: 'orange' }],
        runbook: 'cardinality-explosion',
      }),
      graph(
        'Samples refused',
        'cps',
        [
          promql(`sum(rate(prometheus_tsdb_out_of_order_samples_total{${self}}[$__rate_interval]))`, 'out of order'),
          promql(`sum(rate(prometheus_tsdb_too_old_samples_total{${self}}[$__rate_interval]))`, 'too old'),
          promql(`sum(rate(prometheus_tsdb_out_of_bound_samples_total{${self}}[$__rate_interval]))`, 'out of bounds'),
        ],
        { runbook: 'writes-out-of-order' },
      ),
      graph(
        'Write-ahead log',
        'cps',
        [
          promql(`sum(rate(prometheus_tsdb_wal_corruptions_total{${self}}[$__rate_interval]))`, 'corruptions'),
          promql(`sum(rate(prometheus_tsdb_wal_writes_failed_total{${self}}[$__rate_interval]))`, 'writes failed'),
          promql(
            `sum(rate(prometheus_tsdb_checkpoint_creations_failed_total{${self}}[$__rate_interval]))`,
            'checkpoints failed',
          ),
        ],
        { runbook: 'wal-disk-full' },
      ),
      ...duration(self, 'Pushes: how long', '/api/v1/(?:write|otlp.*)', 1),
    ],
  };
}

function reads(plan: Plan): Row {
  const self = own(plan, 'prometheus');
  return {
    title: 'Read path',
    tiles: [
      graph(
        'Queries, by status',
        'reqps',
        [
          promql(
            `sum by (code) (rate(prometheus_http_requests_total{${self}, handler=~"${QUERIES}"}[$__rate_interval]))`,
            '{{code}}',
          ),
        ],
        { stacked: true, runbook: 'queries-failing' },
      ),
      ...duration(self, 'Queries: how long', QUERIES, 10),
      graph(
        'Queries under way',
        'short',
        [
          promql(`sum(prometheus_engine_queries{${self}})`, 'now'),
          promql(`sum(prometheus_engine_queries_concurrent_max{${self}})`, 'at most'),
        ],
        { runbook: 'queries-slow' },
      ),
    ],
  };
}

const QUERIES = '/api/v1/(?:query|query_range|query_exemplars|labels|label/.+|series)';

/** @param handler paths of requests, a regular expression */
function duration(self: string, title: string, handler: string, slowSeconds: number) {
  const quantile = (share: number): string =>
    `histogram_quantile(${String(share)}, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket{${self}, handler=~"${handler}"}[$__rate_interval])))`;
  return [
    graph(title, 's', [promql(quantile(0.5), 'half of them'), promql(quantile(0.99), '99 of 100')], {
      description: `From ${String(slowSeconds)} s on somebody waits, or sends again what was not acknowledged in time.`,
      thresholds: [{ at: slowSeconds, color: 'orange' }],
    }),
  ];
}

function retention(plan: Plan): Row {
  const self = own(plan, 'prometheus');
  const planned = plan.prometheus?.retentionBytes ?? 0;
  const days = String(Math.round((plan.prometheus?.retentionSeconds ?? 0) / 86_400));
  return {
    title: 'Compaction and retention',
    tiles: [
      stat('Oldest sample', 's', [now(`time() - min(prometheus_tsdb_lowest_timestamp_seconds{${self}})`)], {
        width: 6,
        description: `Samples are kept for ${days} days, or until the volume has no more room for them.`,
        runbook: 'retention-not-applied',
      }),
      stat(
        'Compactions failed in a day',
        'short',
        [now(`sum(increase(prometheus_tsdb_compactions_failed_total{${self}}[1d]))`)],
        {
          width: 6,
          thresholds: [{ at: 1, color: 'red' }],
          runbook: 'compactor-stuck',
        },
      ),
      graph('Bytes of blocks', 'bytes', [promql(`sum(prometheus_tsdb_storage_blocks_bytes{${self}})`, 'blocks')], {
        width: 12,
        description: `From ${formatBytes(planned)} on the oldest blocks are deleted, before the volume is full.`,
        thresholds: [{ at: planned, color: 'orange' }],
        runbook: 'volume-filling',
      }),
    ],
  };
}

function rules(plan: Plan): Row {
  const self = own(plan, 'prometheus');
  return {
    title: 'Rules',
    tiles: [
      graph(
        'Evaluations that failed',
        'cps',
        [
          promql(
            `sum by (rule_group) (rate(prometheus_rule_evaluation_failures_total{${self}}[$__rate_interval]))`,
            '{{rule_group}}',
          ),
        ],
        { width: 12, runbook: 'ruler-failing' },
      ),
      graph(
        'Alerts sent and lost',
        'cps',
        [
          promql(`sum(rate(prometheus_notifications_sent_total{${self}}[$__rate_interval]))`, 'sent'),
          promql(`sum(rate(prometheus_notifications_dropped_total{${self}}[$__rate_interval]))`, 'dropped'),
        ],
        { width: 12, runbook: 'notifications-failing' },
      ),
    ],
  };
}
