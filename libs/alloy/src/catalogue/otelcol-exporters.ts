/** Exporters of the OpenTelemetry Collector, and what they authenticate and store with. The form of the text: `read.ts`. */
export const otelcolExporters = `
otelcol.auth.basic handler:auth
  username password client_auth{username username_file password password_file} htpasswd{file inline}
  debug_metrics@debug_metrics
otelcol.auth.bearer handler:auth
  token! scheme header debug_metrics@debug_metrics
otelcol.auth.google handler:auth
  project quota_project token_type audience scopes debug_metrics@debug_metrics
otelcol.auth.headers handler:auth
  header*{key! value from_context from_attribute action} debug_metrics@debug_metrics
otelcol.auth.oauth2 handler:auth
  token_url! client_id client_id_file client_secret client_secret_file client_certificate_key_id
  client_certificate_key client_certificate_key_file grant_type signature_algorithm iss audience claims
  endpoint_params scopes timeout expiry_buffer tls@tls debug_metrics@debug_metrics
otelcol.auth.sigv4 handler:auth
  region service assume_role{arn session_name sts_region} debug_metrics@debug_metrics
otelcol.exporter.awss3 input:otel
  timeout s3_uploader!{s3_bucket! s3_prefix! region s3_base_prefix s3_partition_format s3_partition_timezone
  role_arn file_prefix endpoint s3_force_path_style disable_ssl compression acl storage_class
  unique_key_func_name retry_mode retry_max_attempts retry_max_backoff} sending_queue@sending_queue
  marshaler{type} resource_attrs_to_s3{s3_prefix! s3_bucket} debug_metrics@debug_metrics
otelcol.exporter.datadog input:otel
  hostname_detection_timeout only_metadata hostname api!{api_key! site fail_on_invalid_key}
  client{read_buffer_size write_buffer_size timeout max_idle_conns max_idle_conns_per_host max_conns_per_host
  idle_conn_timeout disable_keep_alives insecure_skip_verify} sending_queue@sending_queue
  retry_on_failure@retry_on_failure traces{endpoint ignore_resources span_name_remappings
  span_name_as_resource_name compute_stats_by_span_kind compute_top_level_by_span_kind peer_tags_aggregation
  peer_tags trace_buffer} metrics{delta_ttl endpoint exporter{resource_attributes_as_tags
  instrumentation_scope_metadata_as_tags} histograms{mode send_aggregation_metrics}
  sums{cumulative_monotonic_mode initial_cumulative_monotonic_value} summaries{mode}} logs{endpoint
  use_compression compression_level batch_wait} host_metadata{enabled hostname_source tags}
  debug_metrics@debug_metrics
otelcol.exporter.debug input:otel
  verbosity sampling_initial sampling_thereafter use_internal_logger output_paths debug_metrics@debug_metrics
otelcol.exporter.faro input:otel
  client!@client_3 sending_queue@sending_queue retry_on_failure@retry_on_failure debug_metrics@debug_metrics
otelcol.exporter.file input:otel
  path! append format encoding compression flush_interval rotation{max_megabytes max_days max_backups
  localtime} group_by{enabled resource_attribute max_open_files} debug_metrics@debug_metrics
otelcol.exporter.googlecloud input:otel
  project destination_project_quota user_agent sending_queue@sending_queue impersonate{target_principal subject
  delegates} metric{prefix endpoint compression grpc_pool_size use_insecure known_domains
  skip_create_descriptor instrumentation_library_labels create_service_timeseries
  create_metric_descriptor_buffer_size service_resource_labels resource_filters cumulative_normalization
  sum_of_squared_deviation experimental_wal{directory max_backoff}} trace{endpoint grpc_pool_size use_insecure
  attribute_mappings} log{endpoint compression grpc_pool_size use_insecure default_log_name resource_filters
  service_resource_labels error_reporting_type} debug_metrics@debug_metrics
otelcol.exporter.googlecloudpubsub input:otel
  topic! project user_agent compression endpoint insecure timeout sending_queue@sending_queue
  retry_on_failure@retry_on_failure watermark{behavior allowed_drift} ordering{enabled from_resource_attribute
  remove_resource_attribute} debug_metrics@debug_metrics
otelcol.exporter.kafka input:otel
  protocol_version! brokers resolve_canonical_bootstrap_servers_only client_id topic topic_from_attribute
  encoding partition_traces_by_id partition_metrics_by_resource_attributes
  partition_logs_by_resource_attributes partition_logs_by_trace_id timeout conn_idle_timeout
  include_metadata_keys logs@logs metrics@logs traces@logs authentication@authentication metadata@metadata
  retry_on_failure@retry_on_failure sending_queue@sending_queue producer{max_message_bytes required_acks
  compression flush_max_messages allow_auto_topic_creation compression_params{level}}
  record_partitioner{round_robin least_backup sticky_key{hasher}} tls@tls debug_metrics@debug_metrics
otelcol.exporter.loadbalancing input:otel
  routing_key timeout protocol!{otlp!{timeout client!{compression read_buffer_size write_buffer_size
  wait_for_ready headers balancer_name authority auth:auth tls@tls keepalive@keepalive_2} queue@sending_queue
  retry@retry_on_failure}} resolver!{static{hostnames!} dns{hostname! port interval timeout}
  kubernetes{service! ports timeout return_hostnames} aws_cloud_map{namespace! service_name! health_status
  interval timeout port owner_account}} retry_on_failure@retry_on_failure sending_queue@sending_queue
  debug_metrics@debug_metrics
otelcol.exporter.loki input:otel
  forward_to!:logs[]
otelcol.exporter.otlp input:otel
  timeout client!@client_4 sending_queue@sending_queue retry_on_failure@retry_on_failure
  debug_metrics@debug_metrics
otelcol.exporter.otlphttp input:otel
  traces_endpoint metrics_endpoint logs_endpoint encoding client!@client_3 sending_queue@sending_queue
  retry_on_failure@retry_on_failure debug_metrics@debug_metrics
otelcol.exporter.prometheus input:otel
  forward_to!:metrics[] include_target_info include_scope_info include_scope_labels gc_frequency
  add_metric_suffixes resource_to_telemetry_conversion honor_metadata convert_classic_histograms_to_nhcb
  keep_identifying_resource_attributes
otelcol.exporter.splunkhec input:otel
  client!{endpoint! read_buffer_size write_buffer_size timeout max_idle_conns max_idle_conns_per_host
  max_conns_per_host idle_conn_timeout disable_keep_alives insecure_skip_verify force_attempt_http2}
  splunk!{token! log_data_enabled profiling_data_enabled source sourcetype index disable_compression
  max_content_length_logs max_content_length_metrics max_content_length_traces max_event_size splunk_app_name
  splunk_app_version health_path health_check_enabled export_raw use_multi_metric_format
  otel_to_hec_fields{severity_text severity_number} heartbeat{interval startup} telemetry{enabled
  override_metrics_names extra_attributes}} sending_queue@sending_queue retry_on_failure@retry_on_failure
  otel_attrs_to_hec_metadata@otel_attrs_to_hec_metadata debug_metrics@debug_metrics
otelcol.exporter.syslog input:otel
  endpoint! timeout port network protocol enable_octet_counting sending_queue@sending_queue
  retry_on_failure@retry_on_failure debug_metrics@debug_metrics tls@tls
otelcol.extension.jaeger_remote_sampling
  source!{content file reload_interval remote@client_4} grpc@grpc_2 http@http_2 debug_metrics@debug_metrics
otelcol.storage.file handler:extension
  directory timeout fsync create_directory directory_permissions compaction{on_start on_rebound directory
  rebound_needed_threshold_mib rebound_trigger_threshold_mib max_transaction_size check_interval
  cleanup_on_start} debug_metrics@debug_metrics
`;
