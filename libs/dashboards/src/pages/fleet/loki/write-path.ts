import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { requestTiles } from '../../../rows/requests.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function writes(plan: Plan): Row {
  const distributor = own(plan, 'loki', 'distributor');
  const ingester = own(plan, 'loki', 'ingester');
  return {
    title: 'Write path',
    tiles: [
      ...requestTiles({
        what: 'Pushes',
        histogram: 'loki_request_duration_seconds',
        selector: `${distributor}, route=~"loki_api_v1_push|otlp_v1_logs|api_prom_push"`,
        slowSeconds: 1,
        runbook: 'writes-failing',
      }),
      graph(
        'Bytes received, by tenant',
        'Bps',
        [
          promql(
            `sum by (tenant) (rate(loki_distributor_bytes_received_total{${distributor}}[$__rate_interval]))`,
            '{{tenant}}',
          ),
        ],
        { stacked: true },
      ),
      graph(
        'Lines refused, by tenant and reason',
        'cps',
        [
          promql(
            `sum by (tenant, reason) (rate(loki_discarded_samples_total{${distributor}}[$__rate_interval]))`,
            '{{tenant}} {{reason}}',
          ),
        ],
        {
          description:
            'A refused line is lost unless its sender tries again. `rate_limited` is the limit of the tenant in the spec.',
          runbook: 'writes-rate-limited',
        },
      ),
      graph(
        'Streams in memory, by tenant',
        'short',
        [promql(`sum by (tenant) (loki_ingester_memory_streams{${ingester}})`, '{{tenant}}')],
        {
          description: 'Every copy counts. A label with many values makes streams multiply.',
          runbook: 'cardinality-explosion',
        },
      ),
      graph(
        'Chunks waiting to be flushed',
        'short',
        [promql(`sum by (pod) (loki_ingester_flush_queue_length{${ingester}})`, '{{pod}}')],
        {
          description: 'It grows while object storage cannot be written.',
          runbook: 'object-storage-refusing',
        },
      ),
      graph(
        'Why chunks are flushed',
        'cps',
        [
          promql(
            `sum by (reason) (rate(loki_ingester_chunks_flushed_total{${ingester}}[$__rate_interval]))`,
            '{{reason}}',
          ),
        ],
        { stacked: true, description: '`full` is best: many small chunks make queries slow.' },
      ),
      graph(
        'Write-ahead log',
        'cps',
        [
          promql(
            `sum(rate(loki_ingester_wal_disk_full_failures_total{${ingester}}[$__rate_interval]))`,
            'not written: disk full',
          ),
          promql(
            `sum(rate(loki_ingester_checkpoint_creations_failed_total{${ingester}}[$__rate_interval]))`,
            'checkpoints failed',
          ),
        ],
        {
          description: 'Lines are still taken while the disk is full, but a crash then loses them.',
          runbook: 'wal-disk-full',
        },
      ),
    ],
  };
}
