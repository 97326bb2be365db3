/** Blocks that stand in several others, under the name by which `@` and `...` take them. The form: `read.ts`. */
export const shapes = `
http_client
  bearer_token bearer_token_file proxy_url no_proxy proxy_from_environment proxy_connect_header
  follow_redirects enable_http2 http_headers basic_auth@basic_auth authorization@authorization oauth2@oauth2
  tls_config@tls_config
stage
  stage.cri*{max_partial_lines max_partial_line_size max_partial_line_size_truncate} stage.decolorize*{}
  stage.docker*{} stage.drop*{drop_counter_reason source value separator expression older_than longer_than}
  stage.eventlogmessage*@stage_eventlogmessage stage.geoip*{db! source! db_type custom_lookups}
  stage.json*{expressions regex source drop_malformed} stage.label_keep*{values!} stage.label_drop*{values!}
  stage.labels*{values! source_type} stage.limit*{rate! burst! drop by_label_name max_distinct_labels}
  stage.logfmt*{mapping source regex} stage.luhn*{replacement source min_length delimiters}
  stage.match*{selector! action pipeline_name drop_counter_reason ...stage}
  stage.metrics*{metric.counter*{name! action! description source prefix max_idle_duration value match_all
  count_entry_bytes} metric.gauge*{name! action! description source prefix max_idle_duration value}
  metric.histogram*{name! buckets! description source prefix max_idle_duration value}}
  stage.multiline*{firstline! max_lines max_wait_time trim_newlines} stage.output*{source!} stage.pack*{labels!
  ingest_timestamp} stage.pattern*{pattern! source labels_from_groups} stage.regex*{expression! source
  labels_from_groups} stage.replace*{expression! source replace} stage.static_labels*{values!}
  stage.structured_metadata*{values regex} stage.structured_metadata_drop*{values!} stage.sampling*{rate!
  drop_counter_reason} stage.template*{source! template!} stage.tenant*{label source value}
  stage.truncate*{rule!*{limit! suffix sources source_type}} stage.timestamp*{source! format! fallback_formats
  location action_on_failure action_on_duplicate_timestamp} stage.windowsevent*@stage_eventlogmessage
akamai
  resource_attributes@resource_attributes
and
  and_sub_policy!*@and_sub_policy
and_sub_policy
  name! type! latency@latency numeric_attribute@numeric_attribute probabilistic@probabilistic
  status_code{status_codes!} string_attribute@string_attribute rate_limiting@rate_limiting
  bytes_limiting@bytes_limiting span_count{min_spans! max_spans} boolean_attribute{key! value! invert_match}
  ottl_condition@ottl_condition trace_state{key! values!}
annotation
  tag_name key key_regex from
application
  attr! match not_match greater_than greater_equals equals not_equals less_equals less_than
auth_ldap
  username! password! mount_path
authentication
  plaintext{username! password!} sasl@sasl tls@tls kerberos@kerberos
authorization
  type credentials credentials_file
autodiscovery
  enabled database_allowlist database_denylist
azure
  subscription_id! resource_group! server_name
basic_auth
  username password password_file
batch
  flush_timeout min_size max_size sizer
bytes_limiting
  bytes_per_second! burst_capacity
client
  ...http_client api_server kubeconfig_file
client_2
  ...http_client
client_3
  endpoint! proxy_url compression read_buffer_size write_buffer_size timeout headers max_idle_conns
  max_idle_conns_per_host max_conns_per_host idle_conn_timeout disable_keep_alives http2_read_idle_timeout
  http2_ping_timeout force_attempt_http2 auth:auth compression_params{level!} tls@tls cookies{enabled}
client_4
  endpoint! compression read_buffer_size write_buffer_size wait_for_ready headers balancer_name authority
  auth:auth tls@tls keepalive@keepalive_2
cloud_provider
  aws{arn!} azure@azure gcp{connection_name!}
cors
  allowed_origins allowed_headers max_age
debug_metrics
  disable_high_cardinality_metrics level
enforcement_policy
  min_time permit_without_stream
file_name
  enabled metrics_include*{strict regexp} metrics_exclude*{strict regexp}
geo_ip
  ipinfo_path maxmind_country_path maxmind_asn_path cache_len cache_ttl
grpc
  listen_address listen_port conn_limit max_connection_age max_connection_age_grace max_connection_idle
  server_max_recv_msg_size server_max_send_msg_size server_max_concurrent_streams tls@tls_3
grpc_2
  endpoint transport max_recv_msg_size max_concurrent_streams read_buffer_size write_buffer_size auth:auth
  include_metadata tls@tls_2 keepalive@keepalive
http
  listen_address listen_port conn_limit server_read_timeout server_write_timeout server_idle_timeout tls@tls_3
  http2@http2
http2
  enabled max_handlers max_concurrent_streams max_decoder_header_table_size max_encoder_header_table_size
  max_read_frame_size permit_prohibited_ciphers idle_timeout read_idle_timeout ping_timeout write_byte_timeout
  max_upload_buffer_per_connection max_upload_buffer_per_stream
http_2
  endpoint auth:auth max_request_body_size include_metadata compression_algorithms keep_alives_enabled
  idle_timeout read_timeout write_timeout read_header_timeout tls@tls_2 cors@cors
include
  match_type! services span_names log_bodies log_severity_texts metric_names span_kinds regexp@regexp
  log_severity{min! match_undefined!} attribute*{key! value} resource*{key! value} library*{name! version}
include_2
  metrics match_type metric_types
include_resource_attributes
  key! optional default_value
info_schema_processlist
  min_time processes_by_user processes_by_host
instrument
  name namespace open_ports exe_path cmd_args languages target_pids containers_only exports
  kubernetes@kubernetes sampler{name arg}
keepalive
  server_parameters@server_parameters enforcement_policy@enforcement_policy
keepalive_2
  ping_wait ping_response_timeout ping_without_stream
kerberos
  username! service_name realm use_keytab password config_file keytab_file disable_fast_negotiation
kubernetes
  namespace pod_name deployment_name replicaset_name statefulset_name daemonset_name owner_name pod_labels
  pod_annotations
latency
  threshold_ms! upper_threshold_ms
logs
  topic topic_from_metadata_key encoding message_key_from_metadata_key
logs_2
  topic topics encoding exclude_topics
metadata
  full refresh_interval retry{max_retries backoff}
metric
  name! statistics! period length nil_to_zero add_cloudwatch_timestamp
multiline
  line_start_pattern line_end_pattern omit_pattern
network
  blacklist whitelist exclude include
numeric_attribute
  key! min_value! max_value! invert_match
oauth2
  client_id client_secret client_secret_file scopes token_url endpoint_params proxy_url no_proxy
  proxy_from_environment proxy_connect_header tls_config@tls_config
otel_attrs_to_hec_metadata
  source sourcetype index host
ottl_condition
  error_mode! span spanevent
output
  metrics:otel[] logs:otel[] traces:otel[]
perf_schema_eventsstatements
  limit time_limit text_limit exclude_schemas
probabilistic
  sampling_percentage! hash_salt
query_details
  collect_interval statements_limit
rate_limiting
  spans_per_second! burst_capacity
regexp
  cache_enabled cache_max_num_entries
resource_attributes
  cloud.provider{enabled!} cloud.region{enabled!} host.id{enabled!} host.name{enabled!}
resource_attributes_2
  cloud.account.id{enabled!} cloud.availability_zone{enabled!} cloud.platform{enabled!}
  cloud.provider{enabled!} cloud.region{enabled!} host.id{enabled!} host.image.id{enabled!} host.name{enabled!}
  host.type{enabled!}
retry_on_failure
  enabled initial_interval randomization_factor multiplier max_interval max_elapsed_time
retry_on_failure_2
  enabled initial_interval max_interval max_elapsed_time
reverse_dns
  type cache_len cache_ttl
rule
  source_labels separator regex modulus target_label replacement action
sasl
  username! password! mechanism! version aws_msk{region!}
schema_details
  collect_interval cache_enabled cache_size cache_ttl
scrape
  default_scrape_interval default_scrape_timeout default_sample_limit scrape_native_histograms honor_metadata
  enable_type_and_unit_labels
selector
  match_labels match_expression*{key! operator! values}
sending_queue
  enabled num_consumers queue_size block_on_overflow sizer wait_for_result storage:extension batch@batch
server_parameters
  max_connection_idle max_connection_age max_connection_age_grace time timeout
spans
  name description conditions attributes*{key! default_value}
spans_2
  name! description unit conditions include_resource_attributes*@include_resource_attributes
  attributes*@include_resource_attributes histogram{value! buckets count} exponential_histogram{value! max_size
  count} sum{value!} gauge{value!}
stage_eventlogmessage
  source drop_invalid_labels overwrite_existing
stat_statements
  include_query query_length limit exclude_databases exclude_users
string_attribute
  key! values! enabled_regex_matching cache_max_size invert_match
tencent_cvm
  fail_on_missing_metadata resource_attributes@resource_attributes_2
text_file
  text_file_directory directories
thrift_binary
  endpoint queue_size max_packet_size workers socket_buffer_size
tls
  ca_pem ca_file cert_pem cert_file key_pem key_file min_version max_version reload_interval cipher_suites
  include_system_ca_certs_pool curve_preferences insecure insecure_skip_verify server_name tpm@tpm
tls_2
  ca_pem ca_file cert_pem cert_file key_pem key_file min_version max_version reload_interval cipher_suites
  include_system_ca_certs_pool curve_preferences client_ca_file tpm@tpm
tls_3
  cert_pem key_pem cert_file key_file client_auth_type client_ca_file client_ca cipher_suites min_version
tls_config
  ca_pem ca_file cert_pem cert_file key_pem key_file server_name insecure_skip_verify min_version
tpm
  enabled path owner_auth auth
trace_statements
  context! statements! conditions error_mode
upcloud
  fail_on_missing_metadata resource_attributes@resource_attributes
`;
