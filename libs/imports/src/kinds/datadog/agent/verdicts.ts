import { impossible, type Verdict } from '../../../core/verdicts.ts';
import * as why from './reasons.ts';

/** Families of keys of `datadog.yaml` that are said one thing of, by how they begin. */
export const FAMILIES: readonly (readonly [keys: RegExp, verdict: Verdict])[] = [
  [/^(?:api_key|app_key|additional_endpoints|api_key_validation_interval)$/, why.KEY],
  [/^(?:site|dd_url|url|vector|observability_pipelines_worker|fips|multi_region_failover)$/, why.SITE],
  [
    /^(?:proxy|use_proxy_for_cloud_metadata|no_proxy_nonexact_match|skip_ssl_validation|min_tls_version|sslkeylogfile|force_tls_12)$/,
    why.PROXY,
  ],
  [/^(?:use_dogstatsd|dogstatsd_|statsd_|bind_host$|histogram_|evp_proxy_dogstatsd)/, why.STATSD],
  [/^(?:process_config|process_agent|live_process)/, why.PROCESSES],
  [
    /^(?:network_config|service_monitoring_config|system_probe_config|network_path|traceroute|discovery|dynamic_instrumentation|event_monitoring_config|ebpf_check|gpu_monitoring|usm_config)/,
    why.FLOWS,
  ],
  [/^(?:runtime_security_config|compliance_config|security_agent|appsec)/, why.SECURITY],
  [/^(?:sbom|container_image|container_lifecycle)/, why.SBOM],
  [/^(?:admission_controller|language_detection|instrumentation|cluster_agent\.)/, why.ADMISSION],
  [/^(?:external_metrics_provider|external_metrics|autoscaling)/, why.SCALING],
  [/^(?:snmp_traps|netflow|network_devices_metadata|ha_agent)/, why.TRAPS],
  [/^(?:snmp_listener)/, why.SEARCH],
  [
    /^(?:kubernetes_(?:pod|node|namespace)_(?:labels|annotations)_as_tags|kubernetes_resources_(?:labels|annotations)_as_tags|docker_(?:labels|env)_as_tags|container_(?:labels|env)_as_tags|podman_)/,
    why.TAGS,
  ],
  [
    /^(?:config_providers|listeners|extra_config_providers|extra_listeners|autoconfig_|ad_config_|ac_include|ac_exclude|ignore_autoconf)/,
    why.DISCOVERY,
  ],
  [/^(?:container_(?:include|exclude)|exclude_pause_container|ac_load_timeout)/, why.FILTERS],
  [/^(?:collect_kubernetes_events|kubernetes_collect_|kubernetes_events|kubernetes_event)/, why.EVENTS],
  [
    /^(?:kubernetes_|kubelet_|kubernetes|cri_|docker_|ecs_|eks_|orchestrator_explorer|cluster_checks|clc_runner|cluster_name|cluster_agent|leader_|leader|cloud_foundry|cluster_trust_chain)/,
    why.INSIDE,
  ],
  [
    /^(?:secret_backend_|secret_)/,
    impossible(
      'no program fetches secrets for the cluster file: make them as Secrets, by hand or with External Secrets (`secrets.externalSecrets`)',
    ),
  ],
  [/^jmx_/, impossible('beans of Java are not asked: run `jmx_exporter` in the program')],
  [
    /^(?:additional_checksd|checksd|custom_)/,
    impossible(
      'checks that are written in Python do not run: serve Prometheus metrics, and name them in a source of kind `static`',
    ),
  ],
  [
    /^(?:collect_ec2_tags|collect_gce_tags|collect_ec2_|ec2_|gce_|azure_|ibm_|oracle_|cloud_provider_metadata|aws_)/,
    impossible('what a cloud says of a machine is no label: say `labels` of the group'),
  ],
  [
    /^(?:tag_value_split_separator|checks_tag_cardinality|origin_detection|expected_tags_duration|metric_tag_filterlist)/,
    impossible('labels are what a source and its target say, and no others'),
  ],
  [
    new RegExp(
      `^(?:${[
        'forwarder_|aggregator_|serializer_|log_(?:level|file|to|format|all)|log_level|syslog_|disable_file_logging|log_payloads',
        'cmd_|agent_ipc|GUI_|gui_|expvar_port|health_port|telemetry|inventories_|metadata_|enable_metadata|enable_gohai|flare_|internal_profiling',
        'check_runners|confd_path|confd_dca_path|run_path|python_|memtrack_|tracemalloc_|allow_arbitrary_tags|conf_path|auth_token_file_path',
        'remote_configuration|remote_updates|installer|fleet_policies|software_inventory|infrastructure_mode|integration_|no_proxy|server_timeout',
        'iot_host|procfs_path|container_proc_root|container_cgroup_root|disable_cluster_name_tag_key|windows_|win_skip|hpa_|private_action_runner',
        'enable_payloads|use_v2_api|logging_frequency|skip_validation|sub_agents|version|experimental|data_plane|dual_ship|convert_dd_site',
      ].join('|')})`,
    ),
    why.AGENT,
  ],
];
