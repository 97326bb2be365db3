import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { requestTiles } from '../../../rows/requests.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function writes(plan: Plan): Row {
  const distributor = own(plan, 'mimir', 'distributor');
  const ingester = own(plan, 'mimir', 'ingester');
  return {
    title: 'Write path',
    tiles: [
      ...requestTiles({
        what: 'Pushes',
        histogram: 'cortex_request_duration_seconds',
        selector: `${distributor}, route=~"api_v1_push|otlp_v1_metrics|.*Distributor/Push"`,
        slowSeconds: 1,
        runbook: 'writes-failing',
      }),
      graph(
        'Samples received, by tenant',
        'cps',
        [
          promql(
            `sum by (user) (rate(cortex_distributor_received_samples_total{${distributor}}[$__rate_interval]))`,
            '{{user}}',
          ),
        ],
        { stacked: true },
      ),
      graph(
        'Samples refused, by tenant and reason',
        'cps',
        [
          promql(
            `sum by (user, reason) (rate(cortex_discarded_samples_total{${own(plan, 'mimir')}}[$__rate_interval]))`,
            '{{user}} {{reason}}',
          ),
        ],
        {
          description: 'A refused sample is lost. The limits are those of the tenant in the spec.',
          runbook: 'writes-rate-limited',
        },
      ),
      graph(
        'Requests refused by a pod, for its own sake',
        'reqps',
        [
          promql(
            `sum by (reason) (rate(cortex_distributor_instance_rejected_requests_total{${distributor}}[$__rate_interval]))`,
            'distributor {{reason}}',
          ),
          promql(
            `sum by (reason) (rate(cortex_ingester_instance_rejected_requests_total{${ingester}}[$__rate_interval]))`,
            'ingester {{reason}}',
          ),
        ],
        { description: 'Its sender tries again; what holds on is a pod too few.', runbook: 'writes-failing' },
      ),
      graph(
        'Series in memory, by pod',
        'short',
        [promql(`sum by (pod) (cortex_ingester_memory_series{${ingester}})`, '{{pod}}')],
        {
          description: 'Every copy counts. A release makes series twice for a while.',
          runbook: 'cardinality-explosion',
        },
      ),
      graph(
        'Since the last block was shipped',
        's',
        [
          promql(
            `time() - max by (pod) (cortex_ingester_shipper_last_successful_upload_timestamp_seconds{${ingester}} > 0)`,
            '{{pod}}',
          ),
        ],
        {
          description: 'Every two hours. Until then a block is on one volume and its copies alone.',
          thresholds: [{ at: 14_400, color: 'red' }],
          runbook: 'object-storage-refusing',
        },
      ),
      graph(
        'Write-ahead log',
        'cps',
        [
          promql(`sum(rate(cortex_ingester_tsdb_wal_corruptions_total{${ingester}}[$__rate_interval]))`, 'corruptions'),
          promql(
            `sum(rate(cortex_ingester_tsdb_wal_writes_failed_total{${ingester}}[$__rate_interval]))`,
            'writes failed',
          ),
          promql(
            `sum(rate(cortex_ingester_tsdb_checkpoint_creations_failed_total{${ingester}}[$__rate_interval]))`,
            'checkpoints failed',
          ),
        ],
        { runbook: 'wal-disk-full' },
      ),
    ],
  };
}
