/** Processors and connectors of the OpenTelemetry Collector. The form of the text: `read.ts`. */
export const otelcolProcessors = `
otelcol.connector.count input:otel
  output!@output spans*@spans spanevents*@spans metrics*@spans datapoints*@spans logs*@spans
  debug_metrics@debug_metrics
otelcol.connector.host_info input:otel
  host_identifiers metrics_flush_interval output!@output debug_metrics@debug_metrics
otelcol.connector.servicegraph input:otel
  latency_histogram_buckets dimensions cache_loop store_expiration_loop virtual_node_peer_attributes
  virtual_node_extra_label metrics_flush_interval database_name_attributes exponential_histogram_max_size
  output!@output store{max_items ttl} debug_metrics@debug_metrics
otelcol.connector.signaltometrics input:otel
  error_mode output!@output spans*@spans_2 datapoints*@spans_2 logs*@spans_2 debug_metrics@debug_metrics
otelcol.connector.spanlogs input:otel
  spans roots processes events span_attributes process_attributes event_attributes labels output!@output
  overrides{logs_instance_tag service_key span_name_key status_key duration_key trace_id_key}
otelcol.connector.spanmetrics input:otel
  exclude_dimensions dimensions_cache_size resource_metrics_cache_size resource_metrics_key_attributes
  aggregation_cardinality_limit aggregation_temporality metrics_flush_interval metrics_expiration
  series_expiration metric_timestamp_cache_size namespace include_instrumentation_scope
  include_collector_instance_id histogram!{disable unit dimension*{name! default} exponential{max_size}
  explicit{buckets}} output!@output dimension*{name! default} calls_dimension*{name! default} exemplars{enabled
  max_per_data_point} events{enabled dimension*{name! default}} debug_metrics@debug_metrics
otelcol.processor.attributes input:otel
  output!@output include@include exclude@include action*{action! key value pattern from_attribute from_context
  converted_type} debug_metrics@debug_metrics
otelcol.processor.batch input:otel
  timeout send_batch_size send_batch_max_size metadata_keys metadata_cardinality_limit output!@output
  debug_metrics@debug_metrics
otelcol.processor.cumulativetodelta input:otel
  max_staleness initial_value output!@output include@include_2 exclude@include_2 debug_metrics@debug_metrics
otelcol.processor.deltatocumulative input:otel
  max_stale max_streams output!@output debug_metrics@debug_metrics
otelcol.processor.discovery input:otel
  targets!:targets operation_type pod_associations output!@output
otelcol.processor.filter input:otel
  error_mode output!@output traces{span spanevent} metrics{metric datapoint} logs{log_record}
  trace_conditions*{conditions! context} metric_conditions*{conditions! context} log_conditions*{conditions!
  context} debug_metrics@debug_metrics
otelcol.processor.groupbyattrs input:otel
  keys output!@output debug_metrics@debug_metrics
otelcol.processor.interval input:otel
  interval output!@output passthrough{gauge summary} debug_metrics@debug_metrics
otelcol.processor.k8sattributes input:otel
  auth_type passthrough wait_for_metadata wait_for_metadata_timeout watch_sync_period output!@output
  extract{metadata otel_annotations deployment_name_from_replicaset annotation*@annotation label*@annotation}
  filter{node namespace field*{key! value! op} label*{key! value! op}} pod_association*{source!*{from! name}}
  exclude{pod*{name!}} debug_metrics@debug_metrics
otelcol.processor.memory_limiter input:otel
  check_interval! limit spike_limit limit_percentage spike_limit_percentage output!@output
  debug_metrics@debug_metrics
otelcol.processor.metric_start_time input:otel
  strategy gc_interval start_time_metric_regex output!@output debug_metrics@debug_metrics
otelcol.processor.probabilistic_sampler input:otel
  sampling_percentage hash_seed mode fail_closed sampling_precision attribute_source from_attribute
  sampling_priority output!@output debug_metrics@debug_metrics
otelcol.processor.resourcedetection input:otel
  detectors override timeout output!@output ec2{tags max_attempts max_backoff fail_on_missing_metadata
  tags_from_imds resource_attributes@resource_attributes_2}
  ecs{resource_attributes{aws.ecs.cluster.arn{enabled!} aws.ecs.launchtype{enabled!} aws.ecs.task.arn{enabled!}
  aws.ecs.task.family{enabled!} aws.ecs.task.id{enabled!} aws.ecs.task.revision{enabled!}
  aws.log.group.arns{enabled!} aws.log.group.names{enabled!} aws.log.stream.arns{enabled!}
  aws.log.stream.names{enabled!} cloud.account.id{enabled!} cloud.availability_zone{enabled!}
  cloud.platform{enabled!} cloud.provider{enabled!} cloud.region{enabled!}}} eks{node_from_env_var
  resource_attributes{cloud.account.id{enabled!} cloud.platform{enabled!} cloud.provider{enabled!}
  k8s.cluster.name{enabled!}}} elasticbeanstalk{resource_attributes{cloud.platform{enabled!}
  cloud.provider{enabled!} deployment.environment{enabled!} service.instance.id{enabled!}
  service.version{enabled!}}} lambda{resource_attributes{aws.log.group.names{enabled!}
  aws.log.stream.names{enabled!} cloud.platform{enabled!} cloud.provider{enabled!} cloud.region{enabled!}
  faas.instance{enabled!} faas.max_memory{enabled!} faas.name{enabled!} faas.version{enabled!}}} akamai@akamai
  azure{tags resource_attributes{azure.resourcegroup.name{enabled!} azure.vm.name{enabled!}
  azure.vm.scaleset.name{enabled!} azure.vm.size{enabled!} cloud.account.id{enabled!} cloud.platform{enabled!}
  cloud.provider{enabled!} cloud.region{enabled!} cloud.availability_zone{enabled!} host.id{enabled!}
  host.name{enabled!}}} aks{resource_attributes{cloud.platform{enabled!} cloud.provider{enabled!}
  k8s.cluster.name{enabled!}}} consul{address datacenter token namespace meta
  resource_attributes{cloud.region{enabled!} host.id{enabled!} host.name{enabled!}}}
  docker{resource_attributes{host.name{enabled!} os.type{enabled!}}} digitalocean@akamai
  gcp{resource_attributes{cloud.account.id{enabled!} cloud.availability_zone{enabled!} cloud.platform{enabled!}
  cloud.provider{enabled!} cloud.region{enabled!} faas.id{enabled!} faas.instance{enabled!} faas.name{enabled!}
  faas.version{enabled!} gcp.cloud_run.job.execution{enabled!} gcp.cloud_run.job.task_index{enabled!}
  gcp.gce.instance.hostname{enabled!} gcp.gce.instance.name{enabled!}
  gcp.gce.instance.group_manager.name{enabled!} gcp.gce.instance.group_manager.region{enabled!}
  gcp.gce.instance.group_manager.zone{enabled!} host.id{enabled!} host.name{enabled!} host.type{enabled!}
  k8s.cluster.name{enabled!}}} heroku{resource_attributes{cloud.provider{enabled!} heroku.app.id{enabled!}
  heroku.dyno.id{enabled!} heroku.release.commit{enabled!} heroku.release.creation_timestamp{enabled!}
  service.instance.id{enabled!} service.name{enabled!} service.version{enabled!}}}
  hetzner{resource_attributes{cloud.availability_zone{enabled!} cloud.provider{enabled!} cloud.region{enabled!}
  host.id{enabled!} host.name{enabled!}}} system{hostname_sources resource_attributes{host.arch{enabled!}
  host.cpu.cache.l2.size{enabled!} host.cpu.family{enabled!} host.cpu.model.id{enabled!}
  host.cpu.model.name{enabled!} host.cpu.stepping{enabled!} host.cpu.vendor.id{enabled!} host.id{enabled!}
  host.interface{enabled!} host.ip{enabled!} host.mac{enabled!} host.name{enabled!} os.build.id{enabled!}
  os.description{enabled!} os.name{enabled!} os.type{enabled!} os.version{enabled!}}} openshift{address token
  tls@tls resource_attributes{cloud.platform{enabled!} cloud.provider{enabled!} cloud.region{enabled!}
  k8s.cluster.name{enabled!}}} kubernetes_node{auth_type context node_from_env_var
  resource_attributes{k8s.node.name{enabled!} k8s.node.uid{enabled!}}} kubeadm{auth_type context
  resource_attributes{k8s.cluster.name{enabled!} k8s.cluster.uid{enabled!}}} dynatrace{}
  nova{fail_on_missing_metadata labels resource_attributes{cloud.platform{enabled!} cloud.provider{enabled!}
  cloud.region{enabled!} cloud.availability_zone{enabled!} host.id{enabled!} host.name{enabled!}
  host.type{enabled!}}} oraclecloud{resource_attributes{cloud.platform{enabled!} cloud.provider{enabled!}
  cloud.region{enabled!} cloud.availability_zone{enabled!} host.id{enabled!} host.name{enabled!}
  host.type{enabled!} k8s.cluster.name{enabled!} oracle_cloud.realm{enabled!}}}
  scaleway{resource_attributes{cloud.account.id{enabled!} cloud.availability_zone{enabled!}
  cloud.platform{enabled!} cloud.provider{enabled!} cloud.region{enabled!} host.id{enabled!}
  host.image.id{enabled!} host.image.name{enabled!} host.name{enabled!} host.type{enabled!}}} upcloud@upcloud
  vultr@upcloud tencent_cvm@tencent_cvm alibaba_ecs@tencent_cvm debug_metrics@debug_metrics
otelcol.processor.span input:otel
  output!@output include@include exclude@include name{from_attributes separator to_attributes{rules!
  break_after_match keep_original_name}} status{code! description} debug_metrics@debug_metrics
otelcol.processor.tail_sampling input:otel
  decision_wait decision_wait_after_root_received num_traces block_on_overflow expected_new_traces_per_sec
  sample_on_first_match drop_pending_traces_on_shutdown maximum_trace_size_bytes decision_cache policy!*{name!
  type! latency@latency numeric_attribute@numeric_attribute probabilistic@probabilistic
  status_code{status_codes!} string_attribute@string_attribute rate_limiting@rate_limiting
  bytes_limiting@bytes_limiting span_count{min_spans! max_spans} boolean_attribute{key! value! invert_match}
  ottl_condition@ottl_condition trace_state{key! values!} composite{max_total_spans_per_second! policy_order!
  composite_sub_policy*{name! type! latency@latency numeric_attribute@numeric_attribute
  probabilistic@probabilistic status_code{status_codes!} string_attribute@string_attribute
  rate_limiting@rate_limiting bytes_limiting@bytes_limiting span_count{min_spans! max_spans}
  boolean_attribute{key! value! invert_match} ottl_condition@ottl_condition trace_state{key! values!} and@and}
  rate_allocation*{policy! percent!}} and@and not{not_sub_policy!@and_sub_policy}
  drop{drop_sub_policy!*@and_sub_policy}} output!@output debug_metrics@debug_metrics
otelcol.processor.transform input:otel
  error_mode output!@output statements{trace metric log} trace_statements*@trace_statements
  metric_statements*@trace_statements log_statements*@trace_statements debug_metrics@debug_metrics
`;
