/** Profiles, rules, files, secrets, and the rest. The form of the text: `read.ts`. */
export const other = `
beyla.ebpf targets:targets
  open_port executable_name debug trace_printer enforce_sys_caps routes{unmatched patterns ignored_patterns
  ignore_mode wildcard_char max_path_segment_cardinality} attributes{rename_unresolved_hosts
  rename_unresolved_hosts_outgoing rename_unresolved_hosts_incoming metric_span_names_limit kubernetes!{enable!
  cluster_name informers_sync_timeout informers_resync_period disable_informers meta_restrict_local_node
  meta_cache_address kubeconfig_path reconnect_initial_interval drop_external service_name_template
  resource_labels} instance_id{dns override_hostname} select*{attr! include exclude} host_id{override}
  metadata_retry{timeout start_interval max_interval}} discovery{skip_go_specific_tracers
  exclude_otel_instrumented_services poll_interval min_process_age default_otlp_grpc_port
  exclude_otel_instrumented_services_span_metrics services*@instrument exclude_services*@instrument
  default_exclude_services*@instrument survey*@instrument instrument*@instrument exclude_instrument*@instrument
  default_exclude_instrument*@instrument} metrics{features instrumentations allow_service_graph_self_references
  extra_resource_labels extra_span_resource_labels native_histograms exemplar_filter ttl
  span_service_cache_size network{enable source agent_ip agent_ip_iface agent_ip_type interfaces
  exclude_interfaces protocols exclude_protocols cache_max_flows cache_active_timeout direction sampling cidrs
  deduper deduper_fc_ttl guess_ports listen_interfaces listen_poll_period print_flows geo_ip@geo_ip
  reverse_dns@reverse_dns} native_histogram{bucket_factor max_bucket_number min_reset_duration}
  buckets{duration_histogram request_size_histogram response_size_histogram gen_ai_token_usage_histogram
  gen_ai_client_duration_histogram stat_tcp_rtt_histogram}} traces{instrumentations sampler{name arg}}
  ebpf{wakeup_len track_request_headers http_request_timeout context_propagation high_request_volume
  heuristic_sql_detect bpf_debug protocol_debug_print instrument_cuda traffic_control_backend
  max_transaction_time dns_request_timeout payload_extraction{http{graphql{enabled} elasticsearch{enabled}
  aws{enabled} jsonrpc{enabled} sqlpp{enabled endpoint_patterns} genai{openai{enabled} anthropic{enabled}
  gemini{enabled} qwen{enabled} bedrock{enabled} mcp{enabled} embedding{enabled} rerank{enabled}
  retrieval{enabled}} enrichment{enabled policy{obfuscation_string default_action{headers body}} rule*{action
  type scope match{patterns case_sensitive obfuscation_json_paths url_path_patterns methods}}}}}
  maps_config{global_scale_factor} buffer_sizes{http mysql kafka postgres mssql tcp}}
  filters{application*@application network*@application} output@output injector{image_version propagators
  enabled_sdks exporter_otlp_endpoint exporter_otlp_protocol instrument*@instrument
  exclude_instrument*@instrument webhook{external_deployment_name} sampler{name arg}
  otel_exported_signals{traces metrics logs} resources{attributes add_k8s_uid_attributes add_k8s_ip_attribute
  use_k8s_labels_for_resource_attributes}} stats{agent_ip agent_ip_iface agent_ip_type cidrs print_stats
  geo_ip@geo_ip reverse_dns@reverse_dns}
database_observability.mysql targets:targets
  data_source_name! forward_to!:logs[] targets:targets enable_collectors disable_collectors exclude_schemas
  allow_update_performance_schema_settings cloud_provider@cloud_provider setup_consumers{collect_interval}
  setup_actors{collect_interval auto_update_setup_actors} query_details@query_details
  schema_details@schema_details explain_plans{collect_interval per_collect_ratio initial_lookback}
  locks{collect_interval threshold} query_samples{collect_interval disable_query_redaction
  auto_enable_setup_consumers setup_consumers_check_interval sample_min_duration wait_event_min_duration
  enable_pre_classified_wait_events} health_check{collect_interval} prometheus_exporter{data_source_name
  enable_collectors disable_collectors set_collectors enable_lock_wait_timeout lock_wait_timeout
  log_slow_filter info_schema.processlist@info_schema_processlist info_schema.tables{databases}
  perf_schema.eventsstatements@perf_schema_eventsstatements perf_schema.file_instances{filter remove_prefix}
  perf_schema.memory_events{remove_prefix} heartbeat{database table utc} mysql.user{privileges}}
database_observability.postgres targets:targets logs_receiver:logs
  data_source_name! forward_to!:logs[] targets:targets enable_collectors disable_collectors exclude_databases
  exclude_users exclude_current_user cloud_provider@cloud_provider query_samples{collect_interval
  disable_query_redaction exclude_current_user enable_pre_classified_wait_events} query_details@query_details
  schema_details@schema_details explain_plans{collect_interval per_collect_ratio}
  health_check{collect_interval} logs{enable_error_logs_processing} prometheus_exporter{data_source_names
  disable_settings_metrics disable_default_metrics custom_queries_config_path enabled_collectors
  autodiscovery@autodiscovery stat_statements@stat_statements}
database_observability.sql_server targets:targets
  data_source_name! forward_to!:logs[] targets:targets enable_collectors disable_collectors exclude_schemas
  exclude_databases schema_details{collect_interval}
faro.receiver
  extra_log_labels log_format output!{logs:logs[] traces:otel[]} server{listen_address listen_port
  cors_allowed_origins api_key max_allowed_payload_size include_metadata rate_limiting{enabled strategy rate
  burst_size}} sourcemaps{download download_from_origins download_timeout cache{ttl error_cleanup_interval
  cleanup_check_interval} location*{path! minified_path_prefix!}}
local.file content
  filename! detector poll_frequency is_secret
local.file_match targets:targets
  path_targets!:targets sync_period ignore_older_than
mimir.alerts.kubernetes
  ...http_client address! global_config! sync_interval template_files alertmanagerconfig_selector@selector
  alertmanagerconfig_namespace_selector@selector alertmanagerconfig_matcher{strategy! alertmanager_namespace}
mimir.rules.kubernetes
  ...http_client address! tenant_id use_legacy_routes prometheus_http_prefix sync_interval
  mimir_namespace_prefix mimir_namespace_separator external_labels extra_query_matchers{matcher*{name!
  match_type! value value_from_label}} rule_selector@selector rule_namespace_selector@selector
pyroscope.ebpf
  forward_to!:profiles[] targets:targets collect_interval sample_rate python_enabled perl_enabled php_enabled
  hotspot_enabled ruby_enabled v8_enabled dotnet_enabled go_enabled demangle off_cpu_threshold load_probe
  u_probe_links verbose_mode lazy_mode no_kernel_version_check pid_cache_size build_id_cache_size
  same_file_cache_size cache_rounds go_table_fallback symbols_map_size pid_map_size collect_user_profile
  collect_kernel_profile container_id_cache_size targets_only symb_cache_path symb_cache_size
  reporter_unsymbolized_stubs pid_label comm kernel_frames debug_info{on_target_symbolization upload cache_size
  strip_text_section queue_size worker_num}
pyroscope.enrich receiver:profiles
  targets!:targets target_match_label! forward_to!:profiles[] profiles_match_label labels_to_copy
pyroscope.java
  targets!:targets forward_to!:profiles[] tmp_dir dist profiling_config{interval sample_rate alloc lock cpu
  event per_thread log_level quiet custom_arguments}
pyroscope.receive_http
  forward_to!:profiles[] graceful_shutdown_timeout debug_info_upload_timeout http@http grpc@grpc
pyroscope.relabel receiver:profiles rules:rules
  forward_to!:profiles[] max_cache_size rule*@rule
pyroscope.scrape
  ...http_client targets!:targets forward_to!:profiles[] job_name params scrape_interval scrape_timeout scheme
  delta_profiling_duration profiling_config{path_prefix profile.memory{enabled path delta}
  profile.block{enabled path delta} profile.goroutine{enabled path delta} profile.mutex{enabled path delta}
  profile.process_cpu{enabled path delta} profile.fgprof{enabled path delta} profile.godeltaprof_memory{enabled
  path delta} profile.godeltaprof_mutex{enabled path delta} profile.godeltaprof_block{enabled path delta}
  profile.custom*{enabled! path! delta}} clustering{enabled!}
pyroscope.write receiver:profiles
  external_labels endpoint*{...http_client url! name remote_timeout debug_info_upload_timeout headers
  min_backoff_period max_backoff_period max_backoff_retries} tracing{jaeger_propagator
  trace_context_propagator}
remote.http content
  url! poll_frequency poll_timeout is_secret method headers body client@client_2
remote.kubernetes.configmap data
  namespace! name! poll_frequency poll_timeout client@client
remote.kubernetes.secret data
  namespace! name! poll_frequency poll_timeout client@client
remote.s3 content
  path! poll_frequency is_secret client{key secret endpoint disable_ssl use_path_style region signing_region}
remote.vault data
  server! path! namespace key reread_frequency client_options{min_retry_wait max_retry_wait max_retries
  timeout} auth.token*{token!} auth.approle*{role_id! secret! wrapping_token mount_path} auth.aws*{type! region
  role iam_server_id_header ec2_signature_type mount_path} auth.azure*{role! resource_url mount_path}
  auth.gcp*{role! type! iam_service_account mount_path} auth.kubernetes*{role! service_account_file mount_path}
  auth.ldap*@auth_ldap auth.userpass*@auth_ldap auth.custom*{path! data! namespace}
`;
