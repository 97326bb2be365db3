import type { Alert } from '../../types.ts';

const INSTANCE = '{{ $labels.instance }} of {{ $labels.cluster }}';

/** Stores refuse what is too far ahead, rings take a member that is behind for dead, and traces lose their order. */
export function clocks(exporter: string): readonly Alert[] {
  return [
    {
      alert: 'NodeClockSkew',
      // A tenth of a second is far more than any network explains, and about what a span lasts.
      expr: `max by (cluster, instance) (abs(node_timex_offset_seconds{${exporter}})) > 0.1`,
      for: '10m',
      severity: 'warning',
      summary: `The clock of ${INSTANCE} is {{ $value | humanizeDuration }} off`,
      description:
        'Its time service knows how far off it is, and has not put it right in ten minutes. Spans of one trace seem to begin before they are called.',
      runbook: 'clock-skew',
    },
    {
      alert: 'NodeClockNotSynchronised',
      // The kernel lets its estimate of the error grow to 16 seconds and no further once nobody sets the clock.
      expr: `max by (cluster, instance) (node_timex_sync_status{${exporter}}) == 0 and max by (cluster, instance) (node_timex_maxerror_seconds{${exporter}}) >= 16`,
      for: '10m',
      severity: 'warning',
      summary: `Nobody sets the clock of ${INSTANCE}`,
      description:
        'No time service runs there, or it reaches no server. The clock drifts by seconds a day: samples are refused as too new, and ring members seem dead.',
      runbook: 'clock-skew',
    },
  ];
}
