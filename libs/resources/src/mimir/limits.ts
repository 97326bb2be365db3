import type { MimirPlan, Plan, TenantPlan } from '@lgtm-fleet/plan';
import { LABEL_LIMITS } from '@lgtm-fleet/spec';
import { formatDays, formatDuration } from '@lgtm-fleet/units';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { adoptedBy, saidLimit } from '../limit-reasons.ts';
import type { Section } from '../section.ts';
import { alertmanagerUrl } from './addresses.ts';
import { promotedResourceAttributes } from './otlp.ts';

/** Series that one compactor shard holds well (Mimir docs, planning-capacity: a shard for every 8 M). */
const SERIES_PER_SHARD = 8e6;
/** A rate limit lets this many seconds of its rate through at once: agents that come back send what they kept. */
const BURST_SECONDS = 10;

/** What collectors outside let through, also those of edges, whose files a hub does not know; and label `cluster`. */
const LABELS = LABEL_LIMITS.labels + 1;
/** Bytes that Mimir takes of the name and of the value of a label unless said. */
const USUAL_LENGTHS = { name: 1024, value: 2048 };

/** Pairs of one tenant that Mimir keeps track of unless said. */
const USUAL_PAIRS = 100;

/** What holds for every tenant unless `overrides.yaml` says otherwise. */
export function defaultLimits(plan: Plan, mimir: MimirPlan): Section {
  return {
    value: {
      limits: {
        compactor_blocks_retention_period: formatDays(mimir.retentionSeconds),
        out_of_order_time_window: '30m',
        max_label_names_per_series: LABELS,
        max_global_exemplars_per_user: 100_000,
        native_histograms_ingestion_enabled: true,
        otel_metric_suffixes_enabled: true,
        promote_otel_resource_attributes: promotedResourceAttributes.join(','),
        ruler_max_rules_per_rule_group: 50,
        ruler_max_rule_groups_per_tenant: 200,
        ruler_alertmanager_client_config: { alertmanager_url: alertmanagerUrl(plan, mimir) },
      },
    },
    comments: {
      'limits/compactor_blocks_retention_period': `spec.retention.metrics: ${formatDays(mimir.retentionSeconds)}; without it nothing is ever deleted`,
      'limits/out_of_order_time_window': 'Takes what a collector held back while its connection was gone',
      'limits/max_label_names_per_series':
        "What collectors outside let through, and label cluster; of Mimir's own 30 the rest would be lost",
      'limits/max_global_exemplars_per_user': 'More than 0 turns exemplars on: the way from a metric to its trace',
      'limits/otel_metric_suffixes_enabled': 'Names as Prometheus makes them, so that dashboards fit both stores',
      'limits/promote_otel_resource_attributes': 'Labels by which metrics meet logs and traces',
      'limits/ruler_max_rules_per_rule_group': "Common mixins have larger groups than Mimir's 20",
    },
  };
}

/** The runtime file: what each tenant may send and how long it is kept. Mimir reads it again every ten seconds. */
export function tenantOverrides(plan: Plan): Section {
  const comments: Record<string, string> = {};
  const overrides = plan.tenants.flatMap((tenant): readonly (readonly [string, YamlValue])[] => {
    const { name, adopts } = tenant;
    comments[`overrides/${name}/compactor_blocks_retention_period`] =
      `spec.tenants: ${formatDays(tenant.retentionSeconds.metrics)} of metrics`;
    const limit = saidLimit(tenant, 'activeSeries');
    if (limit !== undefined) comments[`overrides/${name}/max_global_series_per_user`] = limit;
    if (tenant.lateSeconds !== undefined)
      comments[`overrides/${name}/out_of_order_time_window`] =
        'spec.ingest.hosts: as long as machines of the tenant keep what they cannot send, and half an hour';
    for (const key of Object.keys(seriesLimits(tenant)))
      comments[`overrides/${name}/${key}`] = 'As sources of the tenant may give: spec.ingest.sources[].limits';
    if (tenant.pair !== undefined)
      comments[`overrides/${name}/accept_ha_samples`] =
        'spec.ingest.senders: of a pair that sends the same, one is taken; series without both labels always are';
    if (tenant.blockUpload === true)
      comments[`overrides/${name}/compactor_block_upload_enabled`] =
        `spec.tenants ${name}.blockUpload: for the time of a move; the feature is experimental`;
    if (adopts === undefined) return [[name, tenantLimits(tenant)]];
    comments[`overrides/${adopts.metrics}`] = adoptedBy(tenant);
    comments[`overrides/${adopts.metrics}/ruler_recording_rules_evaluation_enabled`] =
      'Its rules would see nothing new; give them to the tenant';
    return [
      [name, tenantLimits(tenant)],
      [adopts.metrics, adoptedLimits(tenant)],
    ];
  });
  return { value: { overrides: Object.fromEntries(overrides) }, comments };
}

/** Kept as long as what its new owner writes; nothing comes in any more. */
function adoptedLimits({ retentionSeconds }: TenantPlan): YamlValue {
  return {
    ingestion_rate: 0,
    ingestion_burst_size: 0,
    compactor_blocks_retention_period: formatDays(retentionSeconds.metrics),
    ruler_recording_rules_evaluation_enabled: false,
    ruler_alerting_rules_evaluation_enabled: false,
  };
}

/** Where a tenant's sources may give more than is usual. */
function seriesLimits({ series }: TenantPlan): Readonly<Record<string, number>> {
  if (series === undefined) return {};
  const { labels, labelNameLength, labelValueLength } = series;
  return {
    ...(labels > LABELS && { max_label_names_per_series: labels }),
    ...(labelNameLength > USUAL_LENGTHS.name && { max_label_name_length: labelNameLength }),
    ...(labelValueLength > USUAL_LENGTHS.value && { max_label_value_length: labelValueLength }),
  };
}

function tenantLimits(tenant: TenantPlan): YamlValue {
  const { limits, retentionSeconds, blockUpload, lateSeconds, pair } = tenant;
  const shards =
    limits.activeSeries > SERIES_PER_SHARD
      ? 2 ** Math.ceil(Math.log2(limits.activeSeries / SERIES_PER_SHARD))
      : undefined;
  return {
    max_global_series_per_user: Math.ceil(limits.activeSeries),
    ingestion_rate: Math.ceil(limits.samplesPerSecond),
    ingestion_burst_size: Math.ceil(limits.samplesPerSecond * BURST_SECONDS),
    compactor_blocks_retention_period: formatDays(retentionSeconds.metrics),
    ...seriesLimits(tenant),
    ...(lateSeconds !== undefined && { out_of_order_time_window: formatDuration(lateSeconds) }),
    ...(pair !== undefined && {
      accept_ha_samples: true,
      ha_cluster_label: pair.cluster,
      ha_replica_label: pair.replica,
      ...(pair.count > USUAL_PAIRS && { ha_max_clusters: pair.count }),
    }),
    ...(blockUpload === true && { compactor_block_upload_enabled: true }),
    ...(shards !== undefined && { compactor_split_and_merge_shards: shards, compactor_split_groups: shards }),
  };
}
