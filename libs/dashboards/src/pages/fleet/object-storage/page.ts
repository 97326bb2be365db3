import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { now, promql } from '../../../queries.ts';
import { processesRow } from '../../../rows/processes.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page, Query, Row } from '../../../types.ts';

export const objectStorage: Page = {
  uid: 'lgtm-object-storage',
  title: 'Object storage',
  description: 'Where blocks, chunks and rules are: how the stores find it, and what is in it.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [],
  rows: (plan) => [
    asSeen(plan),
    content(plan),
    ...(runs(plan, 'seaweedfs') ? [seaweed(plan), processesRow(plan, 'seaweedfs')] : []),
  ],
};

/** The same of each store, whose clients count alike but under names of their own. */
function ofStores(plan: Plan, query: (metric: string, selector: string) => string, tempo: string): readonly Query[] {
  return [
    ...(runs(plan, 'loki') ? [promql(query('loki_objstore_bucket', own(plan, 'loki')), 'Loki')] : []),
    ...(runs(plan, 'mimir') ? [promql(query('thanos_objstore_bucket', own(plan, 'mimir')), 'Mimir')] : []),
    // It counts requests over a network only.
    ...(runs(plan, 'tempo') && plan.objectStorage.kind !== 'filesystem' ? [promql(tempo, 'Tempo')] : []),
  ];
}

function asSeen(plan: Plan): Row {
  const tempo = runs(plan, 'tempo') ? own(plan, 'tempo') : '';
  return {
    title: 'As the stores see it',
    tiles: [
      graph(
        'Requests',
        'reqps',
        ofStores(
          plan,
          (name, selector) => `sum(rate(${name}_operations_total{${selector}}[$__rate_interval]))`,
          `sum(rate(tempodb_backend_request_duration_seconds_count{${tempo}}[$__rate_interval]))`,
        ),
      ),
      graph(
        'Requests that failed',
        'reqps',
        ofStores(
          plan,
          (name, selector) => `sum(rate(${name}_operation_failures_total{${selector}}[$__rate_interval]))`,
          `sum(rate(tempodb_backend_request_duration_seconds_count{${tempo}, status_code=~"5..|403|429"}[$__rate_interval]))`,
        ),
        { runbook: 'object-storage-refusing' },
      ),
      graph(
        'How long requests take, 99 of 100',
        's',
        ofStores(
          plan,
          (name, selector) =>
            `histogram_quantile(0.99, sum by (le) (rate(${name}_operation_duration_seconds_bucket{${selector}}[$__rate_interval])))`,
          `histogram_quantile(0.99, sum by (le) (rate(tempodb_backend_request_duration_seconds_bucket{${tempo}}[$__rate_interval])))`,
        ),
        { thresholds: [{ at: 5, color: 'orange' }], runbook: 'object-storage-slow' },
      ),
    ],
  };
}

function content(plan: Plan): Row {
  return {
    title: 'What is in it',
    tiles: [
      ...(runs(plan, 'loki')
        ? [
            graph(
              'Logs: bytes stored in a day',
              'decbytes',
              [promql(`sum(increase(loki_chunk_store_stored_chunk_bytes_total{${own(plan, 'loki')}}[1d]))`, 'chunks')],
              { description: 'Compressed. Object storage does not tell the stores how much it holds.' },
            ),
          ]
        : []),
      ...(runs(plan, 'mimir')
        ? [
            graph(
              'Metrics: bytes uploaded in a day',
              'decbytes',
              [
                promql(
                  `sum by (component) (increase(thanos_objstore_bucket_operation_transferred_bytes_sum{${own(plan, 'mimir')}, operation="upload"}[1d]))`,
                  '{{component}}',
                ),
              ],
              { description: 'Ingesters upload every copy; the compactor makes one of them, and uploads it again.' },
            ),
          ]
        : []),
      ...(runs(plan, 'tempo')
        ? [
            graph(
              'Traces: bytes held',
              'decbytes',
              [
                promql(
                  `max by (tenant, status) (tempodb_backend_bytes_total{${own(plan, 'tempo')}})`,
                  '{{tenant}} {{status}}',
                ),
              ],
              { description: '`compacted` blocks are deleted after a while.' },
            ),
          ]
        : []),
    ],
  };
}

function seaweed(plan: Plan): Row {
  const self = own(plan, 'seaweedfs');
  return {
    title: 'SeaweedFS',
    tiles: [
      graph(
        'Requests, by status',
        'reqps',
        [
          promql(
            `sum by (type, code) (rate(SeaweedFS_s3_request_total{${self}}[$__rate_interval]))`,
            '{{type}} {{code}}',
          ),
        ],
        {
          stacked: true,
          runbook: 'object-storage-refusing',
        },
      ),
      graph(
        'How long requests take, 99 of 100',
        's',
        [
          promql(
            `histogram_quantile(0.99, sum by (type, le) (rate(SeaweedFS_s3_request_seconds_bucket{${self}}[$__rate_interval])))`,
            '{{type}}',
          ),
        ],
        { runbook: 'object-storage-slow' },
      ),
      graph(
        'Its volume, in use',
        'percentunit',
        [
          promql(
            `sum(SeaweedFS_volumeServer_resource{${self}, type="used"}) / sum(SeaweedFS_volumeServer_resource{${self}, type="all"})`,
            'in use',
          ),
        ],
        {
          max: 1,
          description: 'At 95 % it takes no more writes.',
          thresholds: [
            { at: 0.8, color: 'orange' },
            { at: 0.95, color: 'red' },
          ],
          runbook: 'volume-filling',
        },
      ),
      stat('Errors of its disk', 'short', [now(`sum(SeaweedFS_volumeServer_storage_io_error_total{${self}})`)], {
        width: 12,
        thresholds: [{ at: 1, color: 'red' }],
      }),
      stat(
        'Reads and writes that failed',
        'short',
        [
          now(`sum(SeaweedFS_volumeServer_file_read_failures{${self}})`, 'reads'),
          now(`sum(SeaweedFS_volumeServer_file_write_failures{${self}})`, 'writes'),
        ],
        { width: 12, thresholds: [{ at: 1, color: 'red' }] },
      ),
    ],
  };
}
