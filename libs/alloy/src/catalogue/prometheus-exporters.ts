/** Exporters that are built into Alloy; each exports targets to scrape. The form of the text: `read.ts`. */
export const prometheusExporters = `
prometheus.exporter.apache targets:targets
  scrape_uri host_override insecure
prometheus.exporter.azure targets:targets
  subscriptions! resource_type! metrics! resource_graph_query_filter metric_aggregations timespan interval
  included_dimensions included_resource_tags metric_namespace metric_name_template metric_help_template
  azure_cloud_environment validate_dimensions regions
prometheus.exporter.blackbox targets:targets
  config_file config probe_timeout_offset targets target*{name! address! module labels}
prometheus.exporter.cadvisor targets:targets
  store_container_labels allowlisted_container_labels env_metadata_allowlist raw_cgroup_prefix_allowlist
  perf_events_config resctrl_interval disabled_metrics enabled_metrics storage_duration containerd_host
  containerd_namespace docker_host use_docker_tls docker_tls_cert docker_tls_key docker_tls_ca docker_only
  disable_root_cgroup_stats
prometheus.exporter.catchpoint targets:targets
  verbose_logging webhook_path port
prometheus.exporter.cloudwatch targets:targets
  sts_region! fips_disabled discovery_exported_tags labels_snake_case aws_sdk_version_v2 debug
  discovery*{regions! type! custom_tags search_tags dimension_name_requirements recently_active_only period
  length delay add_cloudwatch_timestamp nil_to_zero metric!*@metric role*{role_arn! external_id}}
  static*{regions! namespace! dimensions! custom_tags period length delay nil_to_zero metric!*@metric
  role*{role_arn! external_id}} custom_namespace*{regions! namespace! custom_tags dimension_name_requirements
  recently_active_only delay period length add_cloudwatch_timestamp nil_to_zero metric!*@metric role*{role_arn!
  external_id}} decoupled_scraping{enabled scrape_interval}
prometheus.exporter.consul targets:targets
  server ca_file cert_file key_file server_name timeout insecure_skip_verify concurrent_request_limit
  allow_stale require_consistent kv_prefix kv_filter generate_health_summary
prometheus.exporter.databricks targets:targets
  server_hostname! warehouse_http_path! client_id! client_secret! query_timeout billing_lookback jobs_lookback
  pipelines_lookback queries_lookback sla_threshold_seconds collect_task_retries
prometheus.exporter.dnsmasq targets:targets
  address leases_file expose_leases
prometheus.exporter.elasticsearch targets:targets
  address timeout all node indices indices_settings cluster_settings shards aliases snapshots
  clusterinfo_interval ca client_private_key client_cert ssl_skip_verify data_stream slm basic_auth@basic_auth
prometheus.exporter.gcp targets:targets
  project_ids! metrics_prefixes! extra_filters request_interval request_offset ingest_delay
  drop_delegated_projects gcp_client_timeout
prometheus.exporter.github targets:targets
  api_url repositories organizations users api_token api_token_file github_app_key_path github_app_id
  github_app_installation_id github_rate_limit
prometheus.exporter.kafka targets:targets
  instance kafka_uris use_sasl use_sasl_handshake sasl_username sasl_password sasl_mechanism
  sasl_disable_pafx_fast use_tls tls_server_name ca_file cert_file key_file insecure_skip_verify kafka_version
  use_zookeeper_lag zookeeper_uris kafka_cluster_name metadata_refresh_interval gssapi_service_name
  gssapi_kerberos_config_path gssapi_realm gssapi_key_tab_path gssapi_kerberos_auth_type offset_show_all
  topic_workers allow_concurrency allow_auto_topic_creation max_offsets prune_interval_seconds
  topics_filter_regex topics_exclude_regex groups_filter_regex groups_exclude_regex
prometheus.exporter.memcached targets:targets
  address timeout tls_config@tls_config
prometheus.exporter.mongodb targets:targets
  mongodb_uri! compatible_mode collect_all direct_connect discovering_mode currentop_slow_time enable_db_stats
  enable_db_stats_free_storage enable_diagnostic_data enable_replicaset_status enable_replicaset_config
  enable_currentop_metrics enable_top_metrics enable_index_stats enable_coll_stats enable_profile enable_shards
  enable_fcv enable_pbm_metrics
prometheus.exporter.mssql targets:targets
  connection_string! connection_name max_idle_connections max_open_connections timeout query_config
prometheus.exporter.mysql targets:targets
  data_source_name enable_collectors disable_collectors set_collectors enable_lock_wait_timeout
  lock_wait_timeout log_slow_filter info_schema.processlist@info_schema_processlist
  info_schema.tables{databases} perf_schema.eventsstatements@perf_schema_eventsstatements
  perf_schema.file_instances{filter remove_prefix} perf_schema.memory_events{remove_prefix} heartbeat{database
  table utc} mysql.user{privileges}
prometheus.exporter.oracledb targets:targets
  connection_string max_idle_conns max_open_conns query_timeout default_metrics custom_metrics username
  password database*{name! connection_string! username password labels}
prometheus.exporter.postgres targets:targets
  data_source_names disable_settings_metrics disable_default_metrics custom_queries_config_path
  enabled_collectors autodiscovery@autodiscovery stat_statements@stat_statements
prometheus.exporter.process targets:targets
  procfs_path track_children track_threads gather_smaps recheck_on_scrape remove_empty_groups matcher*{name
  comm exe cmdline}
prometheus.exporter.redis targets:targets
  redis_addr! include_exporter_metrics redis_user redis_password redis_password_file redis_password_map_file
  namespace config_command check_keys check_key_groups check_key_groups_batch_size max_distinct_key_groups
  check_single_keys check_streams check_single_streams export_key_values count_keys script_path script_paths
  connection_timeout tls_client_key_file tls_client_cert_file tls_ca_cert_file set_client_name is_tile38
  is_cluster export_client_list export_client_port redis_metrics_only ping_on_connect incl_system_metrics
  skip_tls_verification
prometheus.exporter.self targets:targets
prometheus.exporter.snmp targets:targets
  config_file concurrency config config_merge_strategy targets target*{address! module auth walk_params
  snmp_context labels} walk_param*{max_repetitions retries timeout use_unconnected_udp_socket}
prometheus.exporter.snowflake targets:targets
  account_name! username! warehouse! password private_key_path private_key_password role exclude_deleted_tables
  enable_tracing
prometheus.exporter.squid targets:targets
  address! username password
prometheus.exporter.static targets:targets
  text!
prometheus.exporter.statsd targets:targets
  listen_udp listen_tcp listen_unixgram unix_socket_mode mapping_config_path read_buffer cache_size cache_type
  event_queue_size event_flush_threshold event_flush_interval parse_dogstatsd_tags parse_influxdb_tags
  parse_librato_tags parse_signalfx_tags relay_addr relay_packet_length
prometheus.exporter.unix targets:targets
  include_exporter_metrics procfs_path sysfs_path rootfs_path udev_data_path enable_collectors
  disable_collectors set_collectors arp{device_exclude device_include netlink} bcache{priority_stats}
  cpu{bugs_include guest info flags_include} disk{device_exclude device_include} ethtool{device_exclude
  device_include metrics_include} filesystem{fs_types_exclude mount_points_exclude mount_timeout}
  hwmon{chip_exclude chip_include} ipvs{backend_labels} ntp{ip_ttl local_offset_tolerance max_distance
  protocol_version server server_is_local} netclass{ignore_invalid_speed_device ignored_devices}
  netdev{address_info device_exclude device_include} netstat{fields} perf{cpus tracepoint
  disable_hardware_profilers disable_software_profilers disable_cache_profilers hardware_profilers
  software_profilers cache_profilers} powersupply{ignored_supplies} runit{service_dir} supervisord{url}
  sysctl{include include_info} systemd{enable_restarts start_time task_metrics unit_exclude unit_include}
  tapestats{ignored_devices} textfile{directory} vmstat{fields}
prometheus.exporter.windows targets:targets
  enabled_collectors dfsr{sources_enabled} exchange{enabled_list} iis{app_blacklist app_whitelist
  site_blacklist site_whitelist app_exclude app_include site_exclude site_include} logical_disk{enabled_list
  blacklist whitelist include exclude} msmq{where_clause} mssql{enabled_classes} network@network
  physical_disk{include exclude} printer{exclude include} process{blacklist whitelist exclude include
  enable_iis_worker_process counter_version} scheduled_task{exclude include} service{include exclude use_api
  where_clause enable_v2_collector} smb{enabled_list} smb_client{enabled_list} smtp@network text_file@text_file
  textfile@text_file tcp{enabled_list} update{online scrape_interval} filetime{file_patterns}
  performancecounter{objects} mscluster{enabled_list} netframework{enabled_list} dns{enabled_list}
  net{enabled_list exclude include} time{enabled_list}
`;
