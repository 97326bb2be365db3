/** Components for metrics, but for the exporters. The form of the text: `read.ts`. */
export const prometheus = `
prometheus.echo receiver:metrics
  format
prometheus.enrich receiver:metrics
  targets!:targets forward_to!:metrics[] target_to_metric_match target_match_label metrics_match_label
  labels_to_copy
prometheus.operator.podmonitors
  forward_to!:metrics[] namespaces kubernetes_role informer_sync_timeout client@client selector@selector
  clustering{enabled!} rule*@rule scrape@scrape
prometheus.operator.probes
  forward_to!:metrics[] namespaces kubernetes_role informer_sync_timeout client@client selector@selector
  clustering{enabled!} rule*@rule scrape@scrape
prometheus.operator.scrapeconfigs
  forward_to!:metrics[] namespaces kubernetes_role informer_sync_timeout client@client selector@selector
  clustering{enabled!} rule*@rule scrape@scrape
prometheus.operator.servicemonitors
  forward_to!:metrics[] namespaces kubernetes_role informer_sync_timeout client@client selector@selector
  clustering{enabled!} rule*@rule scrape@scrape
prometheus.receive_http
  forward_to!:metrics[] graceful_shutdown_timeout append_metadata enable_type_and_unit_labels
  accepted_remote_write_protobuf_messages http@http grpc@grpc
prometheus.relabel receiver:metrics rules:rules
  forward_to!:metrics[] max_cache_size cache_ttl rule*@rule
prometheus.remote_write receiver:metrics
  external_labels endpoint*{...http_client url! name remote_timeout headers send_exemplars
  send_native_histograms protobuf_message round_robin_dns queue_config{capacity max_shards min_shards
  max_samples_per_send batch_send_deadline min_backoff max_backoff retry_on_http_429 sample_age_limit}
  metadata_config{send send_interval max_samples_per_send} write_relabel_config*@rule sigv4{region access_key
  secret_key profile role_arn external_id use_fips_sts_endpoint service_name} azuread{cloud scope
  managed_identity{client_id!} workload_identity{client_id! tenant_id! token_file_path} oauth{client_id!
  client_secret! tenant_id!} sdk{tenant_id!}} google_iam{credentials_file}} wal{truncate_frequency
  min_keepalive_time max_keepalive_time}
prometheus.scrape
  ...http_client targets!:targets forward_to!:metrics[] job_name honor_labels honor_timestamps
  track_timestamps_staleness params scrape_classic_histograms scrape_native_histograms scrape_failure_log_file
  scrape_interval scrape_timeout scrape_protocols metrics_path scheme body_size_limit sample_limit target_limit
  label_limit label_name_length_limit label_value_length_limit extra_metrics enable_protobuf_negotiation
  metric_name_validation_scheme metric_name_escaping_scheme scrape_fallback_protocol
  convert_classic_histograms_to_nhcb enable_compression native_histogram_bucket_limit
  native_histogram_min_bucket_factor honor_metadata enable_type_and_unit_labels clustering{enabled!}
prometheus.write.queue receiver:metrics
  ttl endpoint!*{url! bearer_token write_timeout retry_backoff max_retry_attempts batch_count flush_interval
  external_labels enable_round_robin headers proxy_url proxy_from_environment proxy_connect_headers
  protobuf_message metadata_cache_enabled metadata_cache_size basic_auth{username password}
  parallelism{drift_scale_up drift_scale_down max_connections min_connections network_flush_interval
  desired_connections_lookback desired_check_interval allowed_network_error_fraction} tls_config{ca_pem
  cert_pem key_pem insecure_skip_verify}} persistence{max_signals_to_batch batch_interval}
`;
