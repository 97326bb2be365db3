import type { LokiPlan, Plan, TenantPlan } from '@lgtm-fleet/plan';
import { bytes, formatDays, formatDuration } from '@lgtm-fleet/units';
import { adoptedBy, saidLimit } from '../limit-reasons.ts';
import type { Section } from '../section.ts';

/** One stream for so many bytes a second of a tenant's limit; own judgement, a busy container writes far more. */
const BYTES_PER_STREAM = 400;
/** Loki's own default is 5,000. */
const FEWEST_STREAMS = 10_000;
/** Mebibytes that one distributor takes at once; several batches of a collector that was cut off. */
const SMALLEST_BURST = 16;

/** What holds for every tenant; the runtime file has the rest. */
export function limits(plan: Plan, loki: LokiPlan): Section {
  return {
    value: {
      limits_config: {
        retention_period: formatDuration(loki.retentionSeconds),
        allow_structured_metadata: true,
        volume_enabled: true,
        max_line_size_truncate: true,
        query_timeout: '5m',
      },
      runtime_config: { file: '/etc/loki-overrides/overrides.yaml' },
    },
    comments: {
      'limits_config/retention_period': `spec.retention.logs: ${formatDays(loki.retentionSeconds)}`,
      'limits_config/allow_structured_metadata': 'OTLP needs it; trace ids are in it',
      'limits_config/volume_enabled': "Grafana's log view asks how much there is",
      'limits_config/max_line_size_truncate': 'A line of more than 256 KB is cut, not lost',
      'limits_config/query_timeout': 'The HTTP timeouts of the server are above it',
      runtime_config: `Limits of ${plan.tenants.map(({ name }) => name).join(', ')}; read again every ten seconds, without a restart`,
    },
  };
}

/** The runtime file: each tenant's limits and retention, and those of the data that one of them adopts. */
export function tenantOverrides(plan: Plan): Section {
  const entries = plan.tenants.flatMap((tenant): readonly Entry[] => {
    const { name, adopts, retentionSeconds } = tenant;
    const limit = saidLimit(tenant, 'logs');
    const reasons = {
      ...(limit !== undefined && { [`overrides/${name}/ingestion_rate_mb`]: limit }),
      ...(retentionSeconds.logs !== plan.loki?.retentionSeconds && {
        [`overrides/${name}/retention_period`]: `spec.tenants ${name}, retention.logs: ${formatDays(retentionSeconds.logs)}`,
      }),
    };
    const own: Entry = [name, tenantLimits(tenant), reasons];
    if (adopts === undefined) return [own];
    return [own, [adopts.logs, adoptedLimits(tenant), { [`overrides/${adopts.logs}`]: adoptedBy(tenant) }]];
  });
  return {
    value: { overrides: Object.fromEntries(entries.map(([id, limits]) => [id, limits])) },
    comments: {
      overrides:
        "A tenant's part of spec.load, with room for bursts; rates are in MiB/s over all distributors, bursts for each",
      ...Object.fromEntries(entries.flatMap(([, , reasons]) => Object.entries(reasons))),
    },
  };
}

type Limits = Readonly<Record<string, number | string>>;
type Entry = readonly [id: string, limits: Limits, reasons: Readonly<Record<string, string>>];

/** Kept as long as what its new owner writes; nothing comes in any more. */
function adoptedLimits({ retentionSeconds }: TenantPlan): Limits {
  return {
    ingestion_rate_mb: 0,
    ingestion_burst_size_mb: 0,
    retention_period: formatDuration(retentionSeconds.logs),
  };
}

function tenantLimits({ limits: { logBytesPerSecond }, retentionSeconds }: TenantPlan): Limits {
  const rate = Math.ceil((logBytesPerSecond / bytes.MI) * 10) / 10;
  return {
    ingestion_rate_mb: rate,
    ingestion_burst_size_mb: Math.max(SMALLEST_BURST, Math.ceil(rate * 2)),
    max_global_streams_per_user: Math.max(
      FEWEST_STREAMS,
      Math.ceil(logBytesPerSecond / BYTES_PER_STREAM / 1000) * 1000,
    ),
    retention_period: formatDuration(retentionSeconds.logs),
  };
}
