/** Components for logs. The form of the text: `read.ts`. */
export const loki = `
loki.echo receiver:logs
loki.enrich receiver:logs
  targets!:targets target_match_label! forward_to!:logs[] logs_match_label labels_to_copy
loki.process receiver:logs
  forward_to!:logs[] ...stage
loki.relabel receiver:logs rules:rules
  forward_to!:logs[] max_cache_size rule*@rule
loki.rules.kubernetes
  ...http_client address! tenant_id use_legacy_routes sync_interval loki_namespace_prefix
  loki_namespace_separator external_labels extra_query_matchers{matcher*{name! value! match_type!}}
  rule_selector@selector rule_namespace_selector@selector
loki.secretfilter receiver:logs
  forward_to!:logs[] origin_label redact_with redact_percent gitleaks_config rate processing_timeout
  drop_on_timeout label_timed_out
loki.source.api
  forward_to!:logs[] graceful_shutdown_timeout labels relabel_rules:rules use_incoming_timestamp
  max_send_message_size http@http grpc@grpc
loki.source.awsfirehose
  forward_to!:logs[] graceful_shutdown_timeout access_key use_incoming_timestamp relabel_rules:rules http@http
  grpc@grpc
loki.source.azure_event_hubs
  fully_qualified_namespace! event_hubs! forward_to!:logs[] group_id use_incoming_timestamp
  disallow_custom_messages relabel_rules:rules labels assignor authentication!{mechanism! scopes
  connection_string}
loki.source.cloudflare
  api_token! zone_id! forward_to!:logs[] labels workers pull_range fields_type additional_fields
loki.source.docker
  host! targets!:targets forward_to!:logs[] labels relabel_rules:rules refresh_interval
  http_client_config@client_2
loki.source.file
  targets!:targets forward_to!:logs[] encoding tail_from_end legacy_positions_file on_positions_file_error
  decompression{enabled! format! initial_delay} file_watch{min_poll_frequency max_poll_frequency}
  file_match{enabled sync_period ignore_older_than}
loki.source.gcplog
  forward_to!:logs[] relabel_rules:rules pull{project_id! subscription! labels use_incoming_timestamp
  use_full_line limit{max_outstanding_bytes max_outstanding_messages}} push{graceful_shutdown_timeout
  push_timeout labels use_incoming_timestamp use_full_line http@http grpc@grpc}
loki.source.gelf
  forward_to!:logs[] listen_address use_incoming_timestamp relabel_rules:rules
loki.source.heroku
  forward_to!:logs[] graceful_shutdown_timeout labels use_incoming_timestamp relabel_rules:rules http@http
  grpc@grpc
loki.source.journal
  forward_to!:logs[] format_as_json max_age path relabel_rules:rules matches labels legacy_position{file!
  name!}
loki.source.kafka
  brokers! topics! forward_to!:logs[] group_id assignor version use_incoming_timestamp labels
  relabel_rules:rules authentication{type tls_config@tls_config sasl_config{mechanism user password use_tls
  tls_config@tls_config oauth_config{token_provider! scopes!}}}
loki.source.kubernetes
  targets!:targets forward_to!:logs[] client@client clustering{enabled!}
loki.source.kubernetes_events
  forward_to!:logs[] job_name namespaces log_format client@client clustering{enabled!}
loki.source.podlogs
  forward_to!:logs[] tail_from_end preserve_discovered_labels client@client selector@selector
  namespace_selector@selector node_filter{enabled node_name} clustering{enabled!}
loki.source.syslog
  forward_to!:logs[] relabel_rules:rules listener!*{address! protocol idle_timeout label_structured_data labels
  use_incoming_timestamp use_rfc5424_message rfc3164_default_to_current_year rfc5424_allow_empty_msg
  max_message_length syslog_format udp_queue_size udp_host_cache_size tls_config@tls_config
  raw_format_options{use_null_terminator_delimiter} rfc3164_cisco_components{enable_all message_counter
  sequence_number hostname second_fractions}}
loki.source.windowsevent
  forward_to!:logs[] locale eventlog_name xpath_query bookmark_path poll_interval exclude_event_data
  exclude_user_data exclude_event_message use_incoming_timestamp labels legacy_bookmark_path
loki.write receiver:logs
  external_labels max_streams endpoint*{...http_client url! name batch_wait batch_size remote_timeout headers
  min_backoff_period max_backoff_period max_backoff_retries tenant_id retry_on_http_429 queue_config{capacity
  min_shards drain_timeout block_on_overflow}} wal{enabled max_segment_age min_read_frequency
  max_read_frequency drain_timeout}
`;
