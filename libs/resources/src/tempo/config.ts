/**
 * Typed model of `tempo.yaml` for Tempo 3.0.3: the keys that this generator writes, each named after
 * the Go struct whose `yaml` tag it is (github.com/grafana/tempo at tag v3.0.3). Tempo decodes its
 * file strictly, so a key that is not there stops it; here such a key is a type error, and
 * `tempoConfig.parse` refuses it.
 */
import { z } from 'zod';
import { overridesDefaults } from './overrides-config.ts';

/** Go's `time.Duration`: hours at most. */
export const goDuration = z.string().regex(/^(\d+(ms|s|m|h))+$/);
const hostPort = z.string().regex(/^[^\s/]+:\d+$/);
const port = z.int().min(1).max(65_535);

/** `kv.Config` in dskit, the part that says where a ring is kept. */
const kvStore = z.strictObject({ store: z.enum(['memberlist', 'inmemory']) });

/** `server.TLSConfig` in dskit. */
const serverTls = z.strictObject({
  cert_file: z.string(),
  key_file: z.string(),
  client_auth_type: z.literal('RequireAndVerifyClientCert').optional(),
  client_ca_file: z.string().optional(),
});

/** `server.Config` in dskit. */
const server = z.strictObject({
  http_listen_port: port,
  grpc_listen_port: port,
  http_tls_config: serverTls.optional(),
  grpc_tls_config: serverTls.optional(),
});

/** `grpcclient.Config` in dskit, the part of it that is TLS. */
const grpcClient = z.strictObject({
  tls_enabled: z.literal(true),
  tls_cert_path: z.string(),
  tls_key_path: z.string(),
  tls_ca_path: z.string(),
  tls_server_name: z.string(),
});

/** `livestore_client.Config` in modules/livestore/client, `backendscheduler_client.Config` in modules/backendscheduler/client. */
const storeClient = z.strictObject({ grpc_client_config: grpcClient });

/** `configtls.ServerConfig` of the OpenTelemetry Collector. */
const receiverTls = z.strictObject({ cert_file: z.string(), key_file: z.string(), reload_interval: goDuration });

/** `distributor.Config` in modules/distributor/config.go; receivers are the OpenTelemetry Collector's own. */
const distributor = z.strictObject({
  receivers: z.strictObject({
    otlp: z.strictObject({
      protocols: z.strictObject({
        grpc: z.strictObject({ endpoint: hostPort, tls: receiverTls.optional() }),
        http: z.strictObject({ endpoint: hostPort, tls: receiverTls.optional() }),
      }),
    }),
  }),
});

/** `ingest.KafkaConfig` in pkg/ingest/config.go. */
const ingest = z.strictObject({
  kafka: z.strictObject({ address: hostPort, topic: z.string().min(1), auto_create_topic_enabled: z.literal(false) }),
});

/** `blockbuilder.Config` in modules/blockbuilder/config.go; 0, its default, does not start. */
const blockBuilder = z.strictObject({ partitions_per_instance: z.int().min(1) });

/** `livestore.Config` in modules/livestore/config.go, `ring.Config` in pkg/ring/config.go. */
const liveStore = z.strictObject({
  ring: z.strictObject({ instance_zone: z.string().min(1) }).optional(),
  readiness_target_lag: goDuration,
  readiness_max_wait: goDuration,
});

/** `tempodb.CompactorConfig` in tempodb/config.go. */
const compaction = z.strictObject({ block_retention: goDuration });

/** `backendscheduler.Config`, and `provider.CompactionConfig` below it. */
const backendScheduler = z.strictObject({
  local_work_path: z.string(),
  provider: z.strictObject({ compaction: z.strictObject({ compaction }) }),
});

/** `backendworker.Config` in modules/backendworker/config.go. */
const backendWorker = z.strictObject({
  backend_scheduler_addr: hostPort,
  compaction,
  ring: z.strictObject({ kvstore: kvStore }).optional(),
  finish_on_shutdown_timeout: goDuration,
});

/** `querier.Config` in modules/querier/config.go, `worker.Config` below it. */
const querier = z.strictObject({
  frontend_worker: z.strictObject({ frontend_address: hostPort, grpc_client_config: grpcClient.optional() }),
});

/** `frontend.Config` in modules/frontend/config.go with its inlined sharders. */
const queryFrontend = z.strictObject({
  max_outstanding_per_tenant: z.int().positive(),
  multi_tenant_queries_enabled: z.boolean(),
  trace_by_id: z.strictObject({ query_shards: z.int().min(2).max(100_000) }).optional(),
  search: z.strictObject({ max_duration: goDuration, query_backend_after: goDuration }),
  metrics: z.strictObject({ max_duration: goDuration, query_backend_after: goDuration }),
});

/** `config.FilterPolicy` in pkg/spanfilter/config/config.go. */
const filterPolicy = z.strictObject({
  exclude: z.strictObject({
    match_type: z.literal('strict'),
    attributes: z.array(z.strictObject({ key: z.string(), value: z.string() })).min(1),
  }),
});

/** `generator.Config` in modules/generator/config.go; remote_write is Prometheus's `RemoteWriteConfig`. */
const metricsGenerator = z.strictObject({
  registry: z.strictObject({ external_labels: z.record(z.string(), z.string()) }),
  processor: z.strictObject({
    span_metrics: z.strictObject({
      dimension_mappings: z.array(
        z.strictObject({ name: z.string(), source_labels: z.array(z.string()).min(1), join: z.string() }),
      ),
      filter_policies: z.array(filterPolicy).optional(),
    }),
  }),
  storage: z.strictObject({
    path: z.string(),
    remote_write_add_org_id_header: z.boolean(),
    remote_write: z.array(
      z.strictObject({
        name: z.string(),
        url: z.url(),
        send_exemplars: z.boolean(),
        tls_config: z.strictObject({ ca_file: z.string() }).optional(),
      }),
    ),
  }),
});

/** `s3.Config` in tempodb/backend/s3/config.go. */
const s3 = z.strictObject({
  bucket: z.string().min(3),
  endpoint: z.string().min(1),
  region: z.string(),
  access_key: z.string().optional(),
  secret_key: z.string().optional(),
  insecure: z.boolean(),
  forcepathstyle: z.boolean(),
});

/** `gcs.Config` in tempodb/backend/gcs/config.go; it has no key for a service account. */
const gcs = z.strictObject({ bucket_name: z.string().min(3) });

/** `azure.Config` in tempodb/backend/azure/config.go; an endpoint that begins otherwise is called in plain HTTP. */
const azure = z.strictObject({
  storage_account_name: z.string().min(3),
  storage_account_key: z.string().optional(),
  container_name: z.string().min(3),
  endpoint_suffix: z.string().startsWith('blob.'),
  use_federated_token: z.boolean().optional(),
});

/** `tempodb.Config` in tempodb/config.go. */
const trace = z.discriminatedUnion('backend', [
  z.strictObject({ backend: z.literal('local'), local: z.strictObject({ path: z.string() }) }),
  z.strictObject({ backend: z.literal('s3'), s3 }),
  z.strictObject({ backend: z.literal('gcs'), gcs }),
  z.strictObject({ backend: z.literal('azure'), azure }),
]);

/** Values of `cache.Role` in pkg/cache/cache.go. */
const cacheRole = z.enum([
  'bloom',
  'trace-id-index',
  'parquet-footer',
  'parquet-column-idx',
  'parquet-offset-idx',
  'parquet-page',
  'frontend-search',
]);

/** `cache.CacheConfig` in modules/cache/config.go, `MemcachedClientConfig` in pkg/cache/memcached_client.go. */
const cache = z.strictObject({
  caches: z.array(
    z.strictObject({
      roles: z.array(cacheRole).min(1),
      memcached: z.strictObject({
        host: z.string(),
        service: z.string(),
        consistent_hash: z.boolean(),
        timeout: goDuration,
        max_idle_conns: z.int().positive(),
        max_item_size: z.int().positive(),
        circuit_breaker_consecutive_failures: z.int().positive(),
        circuit_breaker_timeout: goDuration,
        circuit_breaker_interval: goDuration,
      }),
    }),
  ),
});

/** `memberlist.KVConfig` in dskit. */
const memberlist = z.strictObject({ cluster_label: z.string().min(1), join_members: z.array(z.string()).optional() });

/** `overrides.Config` in modules/overrides/config.go, in its scoped form. */
const overrides = z.strictObject({ defaults: overridesDefaults, per_tenant_override_config: z.string() });

/** `app.Config` in cmd/tempo/app/config.go. */
export const tempoConfig = z.strictObject({
  multitenancy_enabled: z.literal(true),
  usage_report: z.strictObject({ reporting_enabled: z.boolean() }),
  memory: z.strictObject({ automemlimit_enabled: z.boolean() }),
  server,
  memberlist,
  distributor,
  ingest: ingest.optional(),
  block_builder: blockBuilder.optional(),
  live_store: liveStore.optional(),
  backend_scheduler: backendScheduler,
  backend_worker: backendWorker,
  live_store_client: storeClient.optional(),
  backend_scheduler_client: storeClient.optional(),
  querier,
  query_frontend: queryFrontend,
  metrics_generator: metricsGenerator,
  storage: z.strictObject({ trace }),
  cache: cache.optional(),
  overrides,
});

export type TempoConfig = z.infer<typeof tempoConfig>;
export type CacheRole = z.infer<typeof cacheRole>;
