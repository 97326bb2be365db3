import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert } from '../../types.ts';

/** Spans until they are blocks. */
export function writes(plan: Plan): readonly Alert[] {
  const discarding = jobs(plan, 'tempo', 'distributor', 'live-store', 'backend-worker');
  const live = jobs(plan, 'tempo', 'live-store');
  const failed = (counter: string) => `sum by (cluster, pod) (increase(tempo_live_store_${counter}{${live}}[15m])) > 0`;
  return [
    {
      alert: 'TempoSpansDiscarded',
      // A single bad sender that starts up is over in a quarter of an hour.
      expr: `sum by (cluster, tenant, reason) (rate(tempo_discarded_spans_total{${discarding}}[5m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Tempo: spans of {{ $labels.tenant }} are discarded ({{ $labels.reason }}) in {{ $labels.cluster }}',
      description:
        'rate_limited: the tenant sends more bytes a second than its limit. trace_too_large: a trace has more bytes than one may have, and is cut. Both leave traces with holes.',
      runbook: 'spans-discarded',
    },
    {
      alert: 'TempoLiveStoreFailing',
      expr: `${failed('failed_completions_total')} or ${failed('local_failed_flushes_total')}`,
      for: '5m',
      severity: 'critical',
      summary: 'Tempo: {{ $labels.pod }} of {{ $labels.cluster }} cannot write its blocks',
      description:
        'The live-store cannot finish a block: its disk is full, or the bucket refuses. Traces of the last minutes are not found, and without Kafka they are lost with the pod.',
      runbook: 'writes-failing',
    },
    {
      alert: 'TempoBlocksWaiting',
      // A block is finished in seconds; a queue that is never empty for half an hour only grows.
      expr: `min by (cluster, pod) (min_over_time(tempo_live_store_complete_queue_length{${live}}[30m])) > 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Tempo: {{ $value }} blocks wait all the time in {{ $labels.pod }} of {{ $labels.cluster }}',
      description: 'The live-store cuts blocks faster than it finishes them. Its disk fills.',
      runbook: 'object-storage-slow',
    },
  ];
}
