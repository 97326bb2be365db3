import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function writes(plan: Plan): Row {
  const distributor = own(plan, 'tempo', 'distributor');
  const liveStore = own(plan, 'tempo', 'live-store');
  return {
    title: 'Write path',
    tiles: [
      graph(
        'Spans received, by tenant',
        'cps',
        [
          promql(
            `sum by (tenant) (rate(tempo_distributor_spans_received_total{${distributor}}[$__rate_interval]))`,
            '{{tenant}}',
          ),
        ],
        { stacked: true },
      ),
      graph(
        'Spans discarded, by tenant and reason',
        'cps',
        [
          promql(
            `sum by (tenant, reason) (rate(tempo_discarded_spans_total{${own(plan, 'tempo')}}[$__rate_interval]))`,
            '{{tenant}} {{reason}}',
          ),
        ],
        { description: 'A discarded span is lost, and its trace is torn.', runbook: 'spans-discarded' },
      ),
      graph(
        'Spans refused at the door',
        'cps',
        [
          promql(
            `sum by (receiver) (rate(tempo_receiver_refused_spans{${distributor}}[$__rate_interval]))`,
            '{{receiver}}',
          ),
        ],
        { description: 'Their sender hears of it, and tries again.', runbook: 'writes-failing' },
      ),
      graph(
        'Pushes: how long, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (le) (rate(tempo_distributor_push_duration_seconds_bucket{${distributor}}[$__rate_interval])))`,
            'pushes',
          ),
        ],
        { thresholds: [{ at: 1, color: 'orange' }] },
      ),
      graph(
        'Live traces, by tenant',
        'short',
        [promql(`sum by (tenant) (tempo_live_store_live_traces{${liveStore}})`, '{{tenant}}')],
        {
          description: 'In memory, until nothing came for them for a while.',
        },
      ),
      graph(
        'Blocks that could not be completed or written',
        'cps',
        [
          promql(
            `sum(rate(tempo_live_store_failed_completions_total{${liveStore}}[$__rate_interval]))`,
            'not completed',
          ),
          promql(
            `sum(rate(tempo_live_store_local_failed_flushes_total{${liveStore}}[$__rate_interval]))`,
            'not written',
          ),
        ],
        { runbook: 'object-storage-refusing' },
      ),
      ...(plan.tempo?.kafkaPartitions === undefined ? [] : throughKafka(plan)),
    ],
  };
}

function throughKafka(plan: Plan) {
  const all = own(plan, 'tempo');
  return [
    graph(
      'Behind what was written to Kafka',
      's',
      [promql(`max by (group) (tempo_ingest_group_partition_lag_seconds{${all}})`, '{{group}}')],
      {
        description:
          'The partition that is furthest behind, for each group of consumers. A day is kept to catch up with.',
        width: 12,
        thresholds: [{ at: 600, color: 'red' }],
        runbook: 'kafka-lag',
      },
    ),
    graph(
      'Writes to Kafka that failed',
      'cps',
      [
        promql(
          `sum by (reason) (rate(tempo_distributor_produce_failures_total{${all}}[$__rate_interval]))`,
          '{{reason}}',
        ),
      ],
      { width: 12, runbook: 'kafka-broker-down' },
    ),
  ];
}
