/**
 * Typed model of the limits of Tempo 3.0.3 in their scoped form: `overrides.Overrides` in
 * modules/overrides/config.go at tag v3.0.3. The old flat form does not start any more.
 */
import { z } from 'zod';

/** `model.Duration` of Prometheus; hours are what it shares with Go's own. */
const duration = z.string().regex(/^\d+(ms|s|m|h|d|w|y)$/);

const metricsGenerator = z.strictObject({
  /** `SupportedProcessors` in modules/generator/validation/fields.go; `local-blocks` is gone. */
  processors: z.array(z.enum(['service-graphs', 'span-metrics', 'host-info'])),
  generate_native_histograms: z.enum(['classic', 'native', 'both']),
  trace_id_label_name: z.string(),
  max_active_series: z.int().positive().optional(),
});

const read = z.strictObject({ max_bytes_per_tag_values_query: z.int().positive() });
const global = z.strictObject({ max_bytes_per_trace: z.int().positive() });

/** What a tenant without an entry of its own gets; what is left out keeps Tempo's default here, and only here. */
export const overridesDefaults = z.strictObject({
  ingestion: z.strictObject({ rate_strategy: z.enum(['local', 'global']), max_traces_per_user: z.int().min(0) }),
  metrics_generator: metricsGenerator,
});

/** One tenant's entry. It inherits nothing: a key that is left out is 0, off or unlimited. */
export const tenantOverrides = z.strictObject({
  ingestion: z.strictObject({
    rate_limit_bytes: z.int().min(0),
    burst_size_bytes: z.int().min(0),
    max_traces_per_user: z.int().min(0),
    retry_info_enabled: z.boolean(),
  }),
  read,
  compaction: z.strictObject({ block_retention: duration }),
  /** Left out where nothing is written any more. */
  metrics_generator: metricsGenerator.optional(),
  global,
});

/** `perTenantOverrides` in modules/overrides/runtime_config_overrides.go: the whole of `overrides.yaml`. */
export const overridesFile = z.strictObject({ overrides: z.record(z.string(), tenantOverrides) });

export type OverridesDefaults = z.infer<typeof overridesDefaults>;
export type TenantOverrides = z.infer<typeof tenantOverrides>;
export type OverridesFile = z.infer<typeof overridesFile>;
