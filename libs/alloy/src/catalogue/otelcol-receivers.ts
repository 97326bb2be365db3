/** Receivers of the OpenTelemetry Collector. The form of the text: `read.ts`. */
export const otelcolReceivers = `
otelcol.receiver.awscloudwatch
  region! profile imds_endpoint storage:extension output!@output logs{poll_interval max_events_per_request
  start_from groups{autodiscover{prefix limit streams{prefixes names}} named*{group_name! prefixes names}}}
  debug_metrics@debug_metrics
otelcol.receiver.awsecscontainermetrics
  collection_interval output!@output debug_metrics@debug_metrics
otelcol.receiver.awss3
  start_time end_time s3downloader!{s3_bucket! s3_prefix! region s3_partition_format s3_partition_timezone
  file_prefix endpoint endpoint_partition_id s3_force_path_style} output!@output sqs{queue_url region endpoint
  wait_time_seconds max_number_of_messages}
otelcol.receiver.cloudflare
  endpoint! secret timestamp_field timestamp_format separator attributes output!@output tls@tls_2
otelcol.receiver.datadog
  endpoint auth:auth max_request_body_size include_metadata compression_algorithms keep_alives_enabled
  idle_timeout read_timeout write_timeout read_header_timeout trace_id_cache_size idle_series_timeout
  idle_series_cleanup_interval output!@output tls@tls_2 cors@cors intake{behavior! proxy{api!{key! site
  fail_on_invalid_key}}} debug_metrics@debug_metrics
otelcol.receiver.faro
  endpoint auth:auth max_request_body_size include_metadata compression_algorithms keep_alives_enabled
  idle_timeout read_timeout write_timeout read_header_timeout output!@output tls@tls_2 cors@cors
  debug_metrics@debug_metrics
otelcol.receiver.file_stats
  include! collection_interval initial_delay timeout output!@output metrics{file.atime{enabled}
  file.count{enabled} file.ctime{enabled} file.mtime{enabled} file.size{enabled}}
  resource_attributes{file.name@file_name file.path@file_name} debug_metrics@debug_metrics
otelcol.receiver.filelog
  include! exclude exclude_older_than poll_interval max_concurrent_files max_batches start_at fingerprint_size
  max_log_size encoding force_flush_period delete_after_read include_file_record_number compression
  acquire_fs_lock file_cache_advise preserve_leading_whitespaces preserve_trailing_whitespaces
  include_file_name include_file_path include_file_name_resolved include_file_path_resolved
  include_file_owner_name include_file_owner_group_name include_file_permissions attributes resource operators
  storage:extension output!@output ordering_criteria{regex top_n group_by sort_by!*{sort_type regex_key
  ascending layout location}} multiline@multiline header{pattern! metadata_operators!}
  retry_on_failure@retry_on_failure_2 debug_metrics@debug_metrics
otelcol.receiver.fluentforward
  endpoint! output!{logs:otel[]} debug_metrics@debug_metrics
otelcol.receiver.googlecloudpubsub input:otel
  subscription! project user_agent endpoint insecure encoding compression ignore_encoding_error client_id
  timeout output!@output flow_control{trigger_ack_batch_duration stream_ack_deadline max_outstanding_messages
  max_outstanding_bytes} debug_metrics@debug_metrics
otelcol.receiver.influxdb
  endpoint auth:auth max_request_body_size include_metadata compression_algorithms keep_alives_enabled
  idle_timeout read_timeout write_timeout read_header_timeout output!@output tls@tls_2 cors@cors
  debug_metrics@debug_metrics
otelcol.receiver.jaeger
  protocols!{grpc@grpc_2 thrift_http@http_2 thrift_binary@thrift_binary thrift_compact@thrift_binary}
  output!@output debug_metrics@debug_metrics
otelcol.receiver.kafka
  brokers! protocol_version! session_timeout heartbeat_interval encoding group_id client_id initial_offset
  resolve_canonical_bootstrap_servers_only min_fetch_size max_fetch_size max_partition_fetch_size
  max_fetch_wait group_rebalance_strategy group_instance_id rack_id use_leader_epoch conn_idle_timeout
  output!@output logs@logs_2 metrics@logs_2 traces@logs_2 authentication@authentication metadata@metadata
  autocommit{enable interval} message_marking{after_execution include_unsuccessful}
  header_extraction{extract_headers headers} tls@tls error_backoff@retry_on_failure debug_metrics@debug_metrics
otelcol.receiver.loki receiver:logs
  output!@output
otelcol.receiver.nginx
  endpoint! collection_interval initial_delay output!@output debug_metrics@debug_metrics
otelcol.receiver.otlp
  output!@output grpc@grpc_2 http{endpoint auth:auth max_request_body_size include_metadata
  compression_algorithms keep_alives_enabled idle_timeout read_timeout write_timeout read_header_timeout
  traces_url_path metrics_url_path logs_url_path tls@tls_2 cors@cors} debug_metrics@debug_metrics
otelcol.receiver.prometheus receiver:metrics
  output!@output debug_metrics@debug_metrics
otelcol.receiver.solace
  queue! broker max_unacknowledged auth!{sasl_plain{username! password!} sasl_xauth2{username! bearer!}
  sasl_external{}} output!@output tls@tls flow_control{delayed_retry!{delay}} debug_metrics@debug_metrics
otelcol.receiver.splunkhec
  endpoint auth:auth max_request_body_size include_metadata compression_algorithms keep_alives_enabled
  idle_timeout read_timeout write_timeout read_header_timeout raw_path health_path splitting
  access_token_passthrough output!{metrics:otel[] logs:otel[]} tls@tls_2 cors@cors
  hec_metadata_to_otel_attrs@otel_attrs_to_hec_metadata debug_metrics@debug_metrics
otelcol.receiver.syslog
  protocol location enable_octet_counting max_octets allow_skip_pri_header non_transparent_framing_trailer
  on_error output!@output retry_on_failure@retry_on_failure_2 tcp{max_log_size listen_address add_attributes
  one_log_per_packet encoding preserve_leading_whitespaces preserve_trailing_whitespaces tls@tls_2
  multiline@multiline} udp{listen_address one_log_per_packet add_attributes encoding
  preserve_leading_whitespaces preserve_trailing_whitespaces multiline@multiline async{readers processors
  max_queue_length}} debug_metrics@debug_metrics
otelcol.receiver.tcplog
  listen_address! max_log_size add_attributes one_log_per_packet encoding output!@output tls@tls_2
  multiline@multiline retry_on_failure@retry_on_failure_2 debug_metrics@debug_metrics
otelcol.receiver.vcenter
  endpoint! username! password! collection_interval initial_delay timeout max_query_metrics output!@output
  metrics{vcenter.cluster.cpu.effective{enabled!} vcenter.cluster.cpu.limit{enabled!}
  vcenter.cluster.host.count{enabled!} vcenter.cluster.memory.effective{enabled!}
  vcenter.cluster.memory.limit{enabled!} vcenter.cluster.vm.count{enabled!}
  vcenter.cluster.vm_template.count{enabled!} vcenter.cluster.vsan.congestions{enabled!}
  vcenter.cluster.vsan.latency.avg{enabled!} vcenter.cluster.vsan.operations{enabled!}
  vcenter.cluster.vsan.throughput{enabled!} vcenter.datacenter.cluster.count{enabled!}
  vcenter.datacenter.cpu.limit{enabled!} vcenter.datacenter.datastore.count{enabled!}
  vcenter.datacenter.disk.space{enabled!} vcenter.datacenter.host.count{enabled!}
  vcenter.datacenter.memory.limit{enabled!} vcenter.datacenter.vm.count{enabled!}
  vcenter.datastore.disk.usage{enabled!} vcenter.datastore.disk.utilization{enabled!}
  vcenter.host.cpu.capacity{enabled!} vcenter.host.cpu.reserved{enabled!} vcenter.host.cpu.usage{enabled!}
  vcenter.host.cpu.utilization{enabled!} vcenter.host.disk.latency.avg{enabled!}
  vcenter.host.disk.latency.max{enabled!} vcenter.host.disk.throughput{enabled!}
  vcenter.host.memory.capacity{enabled!} vcenter.host.memory.usage{enabled!}
  vcenter.host.memory.utilization{enabled!} vcenter.host.network.packet.rate{enabled!}
  vcenter.host.network.packet.error.rate{enabled!} vcenter.host.network.packet.drop.rate{enabled!}
  vcenter.host.network.throughput{enabled!} vcenter.host.network.usage{enabled!}
  vcenter.host.vsan.cache.hit_rate{enabled!} vcenter.host.vsan.congestions{enabled!}
  vcenter.host.vsan.latency.avg{enabled!} vcenter.host.vsan.operations{enabled!}
  vcenter.host.vsan.throughput{enabled!} vcenter.resource_pool.cpu.shares{enabled!}
  vcenter.resource_pool.cpu.usage{enabled!} vcenter.resource_pool.memory.ballooned{enabled!}
  vcenter.resource_pool.memory.granted{enabled!} vcenter.resource_pool.memory.shares{enabled!}
  vcenter.resource_pool.memory.swapped{enabled!} vcenter.resource_pool.memory.usage{enabled!}
  vcenter.vm.cpu.readiness{enabled!} vcenter.vm.cpu.time{enabled!} vcenter.vm.cpu.usage{enabled!}
  vcenter.vm.cpu.utilization{enabled!} vcenter.vm.disk.latency.avg{enabled!}
  vcenter.vm.disk.latency.max{enabled!} vcenter.vm.disk.throughput{enabled!} vcenter.vm.disk.usage{enabled!}
  vcenter.vm.disk.utilization{enabled!} vcenter.vm.memory.ballooned{enabled!}
  vcenter.vm.memory.granted{enabled!} vcenter.vm.memory.swapped{enabled!}
  vcenter.vm.memory.swapped_ssd{enabled!} vcenter.vm.memory.usage{enabled!}
  vcenter.vm.memory.utilization{enabled!} vcenter.vm.network.broadcast.packet.rate{enabled!}
  vcenter.vm.network.multicast.packet.rate{enabled!} vcenter.vm.network.packet.rate{enabled!}
  vcenter.vm.network.packet.drop.rate{enabled!} vcenter.vm.network.throughput{enabled!}
  vcenter.vm.network.usage{enabled!} vcenter.vm.vsan.latency.avg{enabled!} vcenter.vm.vsan.operations{enabled!}
  vcenter.vm.vsan.throughput{enabled!}} resource_attributes{vcenter.datacenter.name{enabled!}
  vcenter.cluster.name{enabled!} vcenter.datastore.name{enabled!} vcenter.host.name{enabled!}
  vcenter.resource_pool.inventory_path{enabled!} vcenter.resource_pool.name{enabled!}
  vcenter.virtual_app.inventory_path{enabled!} vcenter.virtual_app.name{enabled!} vcenter.vm.id{enabled!}
  vcenter.vm.name{enabled!} vcenter.vm_template.id{enabled!} vcenter.vm_template.name{enabled!}} tls@tls
  debug_metrics@debug_metrics
otelcol.receiver.zipkin
  parse_string_tags endpoint auth:auth max_request_body_size include_metadata compression_algorithms
  keep_alives_enabled idle_timeout read_timeout write_timeout read_header_timeout output!@output tls@tls_2
  cors@cors debug_metrics@debug_metrics
`;
