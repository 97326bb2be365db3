import type { Plan, TenantPlan } from '@lgtm-fleet/plan';
import { formatDays, formatDuration } from '@lgtm-fleet/units';
import { adoptedBy, saidLimit } from '../limit-reasons.ts';
import type { Section } from '../section.ts';
import { generatorOverrides } from './metrics-generator.ts';
import type { OverridesFile, TenantOverrides } from './overrides-config.ts';
import { isDistributed, type Inputs, type TempoSection } from './section.ts';

/** The largest request that the OTLP receiver takes over HTTP; a smaller burst would refuse it at any rate. */
const LARGEST_REQUEST_BYTES = 20 * 1024 * 1024;
/** Tempo's own defaults, repeated because entries of tenants inherit nothing. */
const MAX_BYTES_PER_TRACE = 5_000_000;
const MAX_BYTES_PER_TAG_VALUES_QUERY = 1_000_000;

/** Limits of `tempo.yaml`: what cannot differ between tenants, and what one without an entry gets. */
export function limits(inputs: Inputs): TempoSection<'overrides'> {
  return {
    value: {
      overrides: {
        defaults: {
          ingestion: { rate_strategy: isDistributed(inputs) ? 'global' : 'local', max_traces_per_user: 0 },
          metrics_generator: generatorOverrides(inputs.plan),
        },
        per_tenant_override_config: '/etc/tempo-overrides/overrides.yaml',
      },
    },
    comments: {
      'overrides/defaults/ingestion/rate_strategy': isDistributed(inputs)
        ? "A tenant's rate is shared by all distributors, however many there are"
        : 'There is one distributor, and it alone counts',
      'overrides/defaults/ingestion/max_traces_per_user':
        'No limit on their number: live_store.max_live_traces_bytes bounds what they take',
      'overrides/per_tenant_override_config': 'Read again every 10 seconds, without a restart',
    },
  };
}

/** `overrides.yaml`: one whole entry for each tenant, and for the data that one of them adopts. */
export function tenantLimits(plan: Plan): Section<OverridesFile> {
  const comments: Record<string, string> = {
    overrides: 'An entry inherits nothing: what it does not say is 0, off or unlimited',
  };
  const entries = plan.tenants.flatMap((tenant): readonly (readonly [string, TenantOverrides])[] => {
    const { name, adopts, retentionSeconds } = tenant;
    const limit = saidLimit(tenant, 'traces');
    if (limit !== undefined) comments[`overrides/${name}/ingestion/rate_limit_bytes`] = limit;
    if (retentionSeconds.traces !== plan.tempo?.retentionSeconds)
      comments[`overrides/${name}/compaction/block_retention`] =
        `spec.tenants ${name}, retention.traces: ${formatDays(retentionSeconds.traces)}`;
    if (adopts === undefined) return [[name, entry(plan, tenant)]];
    comments[`overrides/${adopts.traces}`] = adoptedBy(tenant);
    return [
      [name, entry(plan, tenant)],
      [adopts.traces, adopted(tenant)],
    ];
  });
  return { value: { overrides: Object.fromEntries(entries) }, comments };
}

/** Kept as long as what its new owner writes; nothing comes in any more, so nothing is made of it either. */
function adopted({ retentionSeconds }: TenantPlan): TenantOverrides {
  return {
    ingestion: { rate_limit_bytes: 0, burst_size_bytes: 0, max_traces_per_user: 0, retry_info_enabled: false },
    read: { max_bytes_per_tag_values_query: MAX_BYTES_PER_TAG_VALUES_QUERY },
    compaction: { block_retention: formatDuration(retentionSeconds.traces) },
    global: { max_bytes_per_trace: MAX_BYTES_PER_TRACE },
  };
}

function entry(plan: Plan, { retentionSeconds, limits: allowed }: TenantPlan): TenantOverrides {
  const rate = Math.ceil(allowed.traceBytesPerSecond);
  return {
    ingestion: {
      rate_limit_bytes: rate,
      burst_size_bytes: Math.max(2 * rate, LARGEST_REQUEST_BYTES),
      max_traces_per_user: 0,
      retry_info_enabled: true,
    },
    read: { max_bytes_per_tag_values_query: MAX_BYTES_PER_TAG_VALUES_QUERY },
    compaction: { block_retention: formatDuration(retentionSeconds.traces) },
    // More series than the tenant may have would be refused by the metrics store anyway.
    metrics_generator: { ...generatorOverrides(plan), max_active_series: Math.ceil(allowed.activeSeries) },
    global: { max_bytes_per_trace: MAX_BYTES_PER_TRACE },
  };
}
