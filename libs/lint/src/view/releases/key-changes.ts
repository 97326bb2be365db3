/**
 * Keys of configuration files that a program refuses, or will refuse with a version to come. Each was tried with
 * the pinned programs, or read in the source of the pinned version where that is said to be Tempo.
 */
export interface KeyChange {
  readonly program: string;
  /** From the root of the file, dotted; `*` is any key or item. */
  readonly key: string;
  /** First version that is known to refuse it, or not to have it; absent where it has no effect and no end yet. */
  readonly goneIn?: string;
  /** A key that, where it is on, keeps this one. */
  readonly unless?: string;
  /** What to do, as a help line says it. */
  readonly instead: string;
}

const LOKI_UPGRADE = 'https://grafana.com/docs/loki/latest/setup/upgrade/';
const MIMIR_NOTES = 'https://grafana.com/docs/mimir/latest/release-notes/';
const TEMPO_NOTES = 'https://grafana.com/docs/tempo/latest/release-notes/v3-0/';
const KAFKA_NOTES = 'https://kafka.apache.org/documentation/#upgrade';

/** Where each program says so. */
export const SOURCES: Readonly<Record<string, string>> = {
  loki: LOKI_UPGRADE,
  mimir: MIMIR_NOTES,
  tempo: TEMPO_NOTES,
  kafka: KAFKA_NOTES,
};

const GONE = 'remove it: nothing takes its place';

export const KEY_CHANGES: readonly KeyChange[] = [
  ...of('loki', '3.0', {
    'ingester.max_transfer_retries': 'remove it: the write-ahead log has taken its place',
    'querier.engine.timeout': 'use `limits_config.query_timeout`',
    'query_range.split_queries_by_interval': 'use `limits_config.split_queries_by_interval`',
    'query_range.forward_headers_list': GONE,
    'frontend_worker.parallelism': 'use `querier.max_concurrent`',
    'frontend_worker.match_max_concurrent': 'use `querier.max_concurrent`',
    'common.storage.s3.sse_encryption': 'use the block `sse`',
    'storage_config.aws.sse_encryption': 'use the block `sse`',
    'storage_config.boltdb_shipper.shared_store': 'use `object_store` of the schema period',
    'storage_config.boltdb_shipper.shared_store_key_prefix': 'use `index.path_prefix` of the schema period',
    'storage_config.tsdb_shipper.shared_store': 'use `object_store` of the schema period',
    'storage_config.tsdb_shipper.shared_store_key_prefix': 'use `index.path_prefix` of the schema period',
    'compactor.deletion_mode': 'use `limits_config.deletion_mode`',
    'compactor.shared_store': 'use `compactor.delete_request_store`',
    'compactor.shared_store_key_prefix': 'use `compactor.delete_request_store_key_prefix`',
    'chunk_store_config.max_look_back_period': 'use `limits_config.max_query_lookback`',
    'chunk_store_config.chunk_cache_config.fifocache': 'use `embedded_cache`',
    'query_range.results_cache.cache.fifocache': 'use `embedded_cache`',
    'limits_config.ruler_evaluation_delay_duration': GONE,
    'limits_config.enforce_metric_name': GONE,
  }),
  ...of('loki', '3.3', { bloom_compactor: 'use `bloom_build`' }),
  ...of('loki', '3.5', { 'common.storage.filesystem.admin_api_directory': GONE }),
  ...of('loki', '4.0', {
    table_manager: "remove it: it is for stores that are gone, and retention is the compactor's",
    'schema_config.configs.*.row_shards': 'remove it: tsdb decides by itself; Loki 4 does not start with it',
    'schema_config.configs.*.chunks': 'remove it: tsdb has no tables of chunks',
    'schema_config.configs.*.index.tags': 'remove it: tsdb has no tables to tag',
    'storage_config.bigtable': 'move to tsdb before Loki 4, which does not start with it',
    'storage_config.cassandra': 'move to tsdb before Loki 4, which does not start with it',
    'storage_config.boltdb': 'move to tsdb before Loki 4, which does not start with it',
    'storage_config.grpc_store': 'move to tsdb before Loki 4, which does not start with it',
    'storage_config.aws.dynamodb': 'move to tsdb before Loki 4, which does not start with it',
    'storage_config.index_queries_cache_config': 'remove it: tsdb has no use for it',
    'storage_config.index_cache_validity': 'remove it: tsdb has no use for it',
    'storage_config.disable_broad_index_queries': 'remove it: tsdb has no use for it',
    'chunk_store_config.write_dedupe_cache_config': 'remove it: tsdb has no use for it',
    'chunk_store_config.cache_lookups_older_than': 'remove it: tsdb has no use for it',
    'limits_config.unordered_writes': 'remove it: Loki always takes lines out of order',
    'limits_config.allow_deletes': 'use `limits_config.deletion_mode`',
    'limits_config.ruler_enable_wal_replay': GONE,
    'limits_config.enable_multi_variant_queries': GONE,
    'limits_config.per_tenant_override_config': 'use `runtime_config.file`',
    'limits_config.per_tenant_override_period': 'use `runtime_config.period`',
    'limits_config.ruler_remote_write_url': 'use `limits_config.ruler_remote_write_config`',
    'limits_config.ruler_remote_write_timeout': 'use `limits_config.ruler_remote_write_config`',
    'limits_config.ruler_remote_write_headers': 'use `limits_config.ruler_remote_write_config`',
    'limits_config.ruler_remote_write_queue_capacity': 'use `limits_config.ruler_remote_write_config`',
    'ruler.remote_write.client': 'use the map `ruler.remote_write.clients`',
  }),
  ...of('mimir', '3.0', {
    auth_enabled: 'use `multitenancy_enabled`',
    'frontend_worker.frontend_address': 'use `frontend_worker.scheduler_address`: queries go through a query-scheduler',
    'frontend.downstream_url': 'use `frontend.scheduler_address`: queries go through a query-scheduler',
    'blocks_storage.bucket_store.*.redis': 'use memcached',
    'frontend.results_cache.redis': 'use memcached',
    'ruler_storage.cache.redis': 'use memcached',
    'blocks_storage.bucket_store.*.memcached.addresses_provider': 'remove it, and give full DNS names as `addresses`',
    'frontend.results_cache.memcached.addresses_provider': 'remove it, and give full DNS names as `addresses`',
    'blocks_storage.bucket_store.index_header_lazy_loading_enabled': 'use `index_header.lazy_loading_enabled`',
    'blocks_storage.tsdb.max_tsdb_opening_concurrency_on_startup': GONE,
    'ingester.return_only_grpc_errors': GONE,
    'querier.query_ingesters_within': 'use `limits.query_ingesters_within`',
    'querier.batch_iterators': GONE,
    'limits.max_series_per_user': 'use `limits.max_global_series_per_user`',
    'limits.service_overload_status_code_on_rate_limit_enabled': GONE,
    'distributor.ha_tracker.ha_tracker_update_timeout': 'use `limits.ha_tracker_update_timeout`',
  }),
  ...of('mimir', '3.1', {
    flusher: GONE,
    'blocks_storage.bucket_store.*.memcached.dns_ignore_startup_failures':
      'remove it: Mimir does not start while the name of a cache has no address',
    'frontend.results_cache.memcached.dns_ignore_startup_failures':
      'remove it: Mimir does not start while the name of a cache has no address',
    'limits.cost_attribution_labels': 'use `limits.cost_attribution_labels_structured`',
    'querier.prefer_availability_zone': 'use `querier.prefer_availability_zones`',
  }),
  ...of('mimir', '3.3', {
    'ingest_storage.kafka.write_clients': 'remove it: Mimir uses one client',
  }),
  ...of('mimir', undefined, {
    'store_gateway.sharding_ring.auto_forget_enabled': 'use `auto_forget_unhealthy_periods`: 0 turns it off',
    'querier.filter_queryables_enabled': 'remove it: it has no effect',
    'frontend.cache_samples_processed_stats': 'remove it: it has no effect',
    'blocks_storage.tsdb.head_postings_for_matchers_cache_size': 'use `head_postings_for_matchers_cache_max_bytes`',
    'blocks_storage.tsdb.block_postings_for_matchers_cache_size': 'use `block_postings_for_matchers_cache_max_bytes`',
  }),
  ...of('tempo', '3.0', {
    ingester: 'remove it: live-stores and block-builders have taken its place',
    ingester_client: 'use `live_store_client`',
    compactor: 'use `backend_scheduler` and `backend_worker`',
    'ingest.enabled': 'remove it: every target but `all` reads from Kafka',
    'query_frontend.search.query_ingesters_until': 'use `query_frontend.search.query_backend_after`',
    'metrics_generator.processor.local_blocks': 'remove it: block-builders make the blocks',
    'distributor.receivers.opencensus': 'use `otlp`',
  }),
  ...of('tempo', '3.0', {
    'overrides.ingestion_rate_limit_bytes': 'use `overrides.defaults.ingestion.rate_limit_bytes`',
    'overrides.ingestion_burst_size_bytes': 'use `overrides.defaults.ingestion.burst_size_bytes`',
    'overrides.max_traces_per_user': 'use `overrides.defaults.ingestion.max_traces_per_user`',
    'overrides.max_bytes_per_trace': 'use `overrides.defaults.global.max_bytes_per_trace`',
    'overrides.metrics_generator_processors': 'use `overrides.defaults.metrics_generator.processors`',
    'overrides.block_retention': 'use `overrides.defaults.compaction.block_retention`',
  }).map((change) => ({ ...change, unless: 'overrides.enable_legacy_overrides' })),
  ...of('tempo', '3.1', { metrics_generator_client: 'remove it: 3.0 takes it, and does nothing with it' }),
  ...of('kafka', '4.0', {
    'zookeeper.connect': 'remove it: brokers are their own controllers',
    'zookeeper.connection.timeout.ms': 'remove it: brokers are their own controllers',
    'broker.id.generation.enable': 'use `node.id`',
    'inter.broker.protocol.version': 'remove it: the version is a feature of the cluster, `metadata.version`',
    'log.message.format.version': GONE,
    'log.message.timestamp.difference.max.ms': 'use `log.message.timestamp.before.max.ms` and `…after.max.ms`',
    'delegation.token.master.key': 'use `delegation.token.secret.key`',
    'offsets.commit.required.acks': GONE,
  }),
];

function of(program: string, goneIn: string | undefined, keys: Readonly<Record<string, string>>): readonly KeyChange[] {
  return Object.entries(keys).map(([key, instead]) => ({
    program,
    key,
    instead,
    ...(goneIn !== undefined && { goneIn }),
  }));
}
