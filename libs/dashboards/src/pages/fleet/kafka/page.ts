import type { Plan } from '@lgtm-fleet/plan';
import { formatDuration } from '@lgtm-fleet/units';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { processesRow } from '../../../rows/processes.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page, Row } from '../../../types.ts';

export const kafka: Page = {
  uid: 'lgtm-kafka',
  title: 'Kafka',
  description: 'The log between writers and readers of the stores, as those see it: Kafka itself has no metrics.',
  folder: 'fleet',
  audience: 'stack',
  applies: (plan) => runs(plan, 'kafka'),
  variables: () => [],
  rows: (plan) => [
    ...(plan.tempo?.kafkaPartitions === undefined ? [] : [spansWritten(plan), spansRead(plan)]),
    ...(plan.mimir?.kafkaPartitions === undefined ? [] : [samples(plan)]),
    processesRow(plan, 'kafka'),
  ],
};

function kept({ kafka: planned }: Plan): string {
  const seconds = Math.min(...(planned?.topics ?? []).map(({ retentionSeconds }) => retentionSeconds));
  return `Topics keep ${formatDuration(seconds)}; what is not read by then is lost.`;
}

function spansWritten(plan: Plan): Row {
  const distributor = own(plan, 'tempo', 'distributor');
  return {
    title: 'Spans written',
    tiles: [
      graph('Bytes written', 'Bps', [
        promql(`sum(rate(tempo_distributor_kafka_write_bytes_total{${distributor}}[$__rate_interval]))`, 'bytes'),
      ]),
      graph(
        'How long writes take, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (le) (rate(tempo_distributor_kafka_write_latency_seconds_bucket{${distributor}}[$__rate_interval])))`,
            'writes',
          ),
        ],
        {
          description: 'Until all copies that count have them.',
          thresholds: [{ at: 1, color: 'orange' }],
          runbook: 'kafka-broker-down',
        },
      ),
      graph(
        'Writes that failed',
        'cps',
        [
          promql(
            `sum by (reason) (rate(tempo_distributor_produce_failures_total{${distributor}}[$__rate_interval]))`,
            '{{reason}}',
          ),
        ],
        { runbook: 'kafka-broker-down' },
      ),
    ],
  };
}

function spansRead(plan: Plan): Row {
  const all = own(plan, 'tempo');
  return {
    title: 'Spans read',
    tiles: [
      graph(
        'Behind, in time',
        's',
        [promql(`max by (group) (tempo_ingest_group_partition_lag_seconds{${all}})`, '{{group}}')],
        { description: kept(plan), thresholds: [{ at: 600, color: 'red' }], runbook: 'kafka-lag' },
      ),
      graph(
        'Behind, in records',
        'short',
        [promql(`sum by (group) (tempo_ingest_group_partition_lag{${all}})`, '{{group}}')],
        {
          runbook: 'kafka-lag',
        },
      ),
      graph(
        'Reads that failed',
        'cps',
        [
          promql(
            `sum by (pod) (rate(tempo_block_builder_fetch_errors_total{${own(plan, 'tempo', 'block-builder')}}[$__rate_interval]))`,
            '{{pod}}',
          ),
        ],
        { runbook: 'kafka-broker-down' },
      ),
      graph(
        'Partitions that have an owner',
        'short',
        [
          promql(
            `count(count by (partition) (tempo_live_store_partition_owned{${own(plan, 'tempo', 'live-store')}} == 1))`,
            'live-stores',
          ),
          promql(`sum(tempo_block_builder_owned_partitions{${own(plan, 'tempo', 'block-builder')}})`, 'block-builders'),
          promql(`max(tempo_partition_ring_partitions{${all}, state="Active"})`, 'active in the ring'),
        ],
        {
          width: 24,
          description: `The plan has ${String(plan.tempo?.kafkaPartitions ?? 0)}.`,
          runbook: 'scale-down-live-stores',
        },
      ),
    ],
  };
}

function samples(plan: Plan): Row {
  const ingester = own(plan, 'mimir', 'ingester');
  return {
    title: 'Samples written and read',
    tiles: [
      graph(
        'Ingesters behind',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (pod, le) (rate(cortex_ingest_storage_reader_receive_delay_seconds_bucket{${ingester}, phase="running"}[$__rate_interval])))`,
            '{{pod}}',
          ),
        ],
        { description: kept(plan), thresholds: [{ at: 600, color: 'red' }], runbook: 'kafka-lag' },
      ),
      graph(
        'Records that could not be read or used',
        'cps',
        [
          promql(
            `sum(rate(cortex_ingest_storage_reader_fetch_errors_total{${ingester}}[$__rate_interval]))`,
            'not read',
          ),
          promql(
            `sum(rate(cortex_ingest_storage_reader_requests_failed_total{${ingester}, cause="server"}[$__rate_interval]))`,
            'not used',
          ),
        ],
        { runbook: 'kafka-broker-down' },
      ),
      graph(
        'Writes that failed',
        'cps',
        [
          promql(
            `sum by (reason) (rate(cortex_ingest_storage_writer_produce_failures_total{${own(plan, 'mimir', 'distributor')}}[$__rate_interval]))`,
            '{{reason}}',
          ),
        ],
        { runbook: 'kafka-broker-down' },
      ),
    ],
  };
}
