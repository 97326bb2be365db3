import { workloadOf, type LokiPlan, type Plan } from '@lgtm-fleet/plan';
import { bytes } from '@lgtm-fleet/units';
import type { Section } from '../section.ts';

/** Part of the memory limit that a replay of the WAL may fill before it flushes; Loki's documentation advises 75 %. */
const REPLAY_SHARE = 0.75;

/** Resource attributes that become labels of an OTLP line; the collectors set the first three. */
const OTLP_LABELS = ['cluster', 'namespace', 'container', 'service.name', 'deployment.environment.name'];

/** The ingester: what it keeps, how it survives a restart and how it leaves. */
export function writes(plan: Plan, loki: LokiPlan): Section {
  const limit = workloadOf(plan, 'loki', 'ingester')?.limits.memoryBytes;
  return {
    value: {
      distributor: { otlp_config: { default_resource_attributes_as_index_labels: OTLP_LABELS } },
      ingester: {
        lifecycler: {
          unregister_on_shutdown: true,
          ...(loki.zoneAware && { ring: { zone_awareness_enabled: true }, availability_zone: '${ZONE}' }),
        },
        ...(loki.mode !== 'monolithic' && { autoforget_unhealthy: true }),
        chunk_encoding: 'snappy',
        wal: {
          enabled: true,
          dir: '/var/loki/wal',
          flush_on_shutdown: true,
          ...(limit !== undefined && { replay_memory_ceiling: megabytes(limit * REPLAY_SHARE) }),
        },
      },
      pattern_ingester: { enabled: false },
    },
    comments: {
      'distributor/otlp_config/default_resource_attributes_as_index_labels':
        "The labels that collected lines have; Loki's own list has pods, and makes a stream of each",
      'ingester/lifecycler/unregister_on_shutdown':
        'Its streams go to others at once; the queries of the last minutes stay whole, see flush_on_shutdown',
      ...(loki.zoneAware && {
        'ingester/lifecycler/ring/zone_awareness_enabled':
          'spec.kubernetes.zones: every copy in another zone; writers and readers must know it too',
        'ingester/lifecycler/availability_zone': 'Set on ingesters only',
      }),
      ...(loki.mode !== 'monolithic' && {
        'ingester/autoforget_unhealthy':
          'A pod that never comes back does not block writes until somebody clicks "forget"',
      }),
      'ingester/chunk_encoding': 'A little larger than gzip, and several times faster to read',
      'ingester/wal/flush_on_shutdown':
        'A pod that stops uploads what it holds, so that scaling down and losing a volume lose nothing',
      ...(limit !== undefined && {
        'ingester/wal/replay_memory_ceiling': `Three quarters of the memory limit of ${megabytes(limit)}; past it a replay flushes`,
      }),
      pattern_ingester: 'One more ring and a third of the memory again, for one view of Grafana',
    },
  };
}

function megabytes(size: number): string {
  return `${String(Math.floor(size / bytes.MI))}MB`;
}
