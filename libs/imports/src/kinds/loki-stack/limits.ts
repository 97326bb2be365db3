import { child, entriesOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { saysNothing } from '../../core/verdicts.ts';

/** Limits that are so in the stack, too, with what is the same there. */
const SAME: ReadonlyMap<string, RegExp> = new Map([
  ['enforce_metric_name', /^false$/],
  ['reject_old_samples', /^true$/],
  ['reject_old_samples_max_age', /^(?:168h|1w|7d)$/],
  ['creation_grace_period', /^10m$/],
  ['max_entries_limit_per_query', /^5000$/],
  ['max_query_series', /^500$/],
  ['max_query_length', /^(?:721h|30d1h)$/],
  ['max_query_parallelism', /^32$/],
  ['cardinality_limit', /^100000$/],
  ['max_line_size', /^256\s?[kK](?:i?B)?$/],
  ['max_line_size_truncate', /^true$/],
  ['unordered_writes', /^true$/],
  ['allow_structured_metadata', /^true$/],
  ['volume_enabled', /^true$/],
  ['query_timeout', /^(?:5m|300s)$/],
  ['split_queries_by_interval', /^1h$/],
  ['max_global_streams_per_user', /^10000$/],
]);

/** Limits that follow from what a tenant sends. */
const PLANNED = new Set([
  ...['ingestion_rate_strategy', 'ingestion_rate_mb', 'ingestion_burst_size_mb'],
  ...['max_streams_per_user', 'per_stream_rate_limit', 'per_stream_rate_limit_burst'],
]);

/** Every other limit that Loki 2 has, by its reference. */
const OTHERS = new Set(
  `max_label_name_length max_label_value_length max_label_names_per_series increment_duplicate_timestamp
  max_chunks_per_query max_query_lookback max_query_range tsdb_max_query_parallelism tsdb_max_bytes_per_shard
  max_streams_matchers_per_query max_concurrent_tail_requests max_cache_freshness_per_query
  max_stats_cache_freshness max_queriers_per_tenant query_ready_index_num_days min_sharding_lookback
  max_query_bytes_read max_querier_bytes_read volume_max_series ruler_evaluation_delay_duration
  ruler_max_rules_per_rule_group ruler_max_rule_groups_per_tenant ruler_tenant_shard_size
  ruler_alertmanager_config ruler_remote_evaluation_timeout ruler_remote_evaluation_max_response_size
  deletion_mode allow_deletes shard_streams blocked_queries required_labels minimum_labels_number
  index_gateway_shard_size`.split(/\s+/),
);

/** What Loki allows; how long lines are kept is read before. */
export function readLimits(config: SourceNode | undefined, ledger: Ledger): void {
  for (const [key, node] of entriesOf(child(config, 'limits_config'))) {
    const same = SAME.get(key);
    if (same?.test(textOf(node) ?? '') === true) ledger.carried(node, 'nothing: it is so anyway');
    else if (PLANNED.has(key))
      ledger.changed(
        node,
        'tenants[].limits.logs',
        'what a tenant may send is twice its share of `load.logs.volume`, and 4 MB/s at least, unless `limits` say otherwise',
      );
    else if (/^ruler_remote_write/.test(key)) ledger.impossible(node, RECORDED);
    else if (key === 'per_tenant_override_config' || key === 'per_tenant_override_period')
      ledger.impossible(node, OVERRIDES);
    else if (same !== undefined || OTHERS.has(key))
      if (saysNothing(node)) ledger.carried(node, 'nothing: it is off, or says nothing');
      else
        ledger.impossible(
          node,
          'another limit of Loki is for a patch, as in «A patch, worked out» of docs/3-lgtm-stack.md',
        );
  }
}

export const OVERRIDES =
  'limits of single tenants stand in a file that is not among these values: say `tenants[]` with `limits` and `retention`';
export const RECORDED =
  'what rules of Loki record is sent nowhere: write such a rule as an alert, or count with `stage.metrics` of Alloy';
