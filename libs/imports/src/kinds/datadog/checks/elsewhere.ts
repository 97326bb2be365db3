/** Where the metrics of a program come from without the agent: an exporter, or the program itself. */
const EXPORTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    activemq: '`jmx_exporter`',
    activemq_xml: '`jmx_exporter`',
    aerospike: '`aerospike-prometheus-exporter`',
    apache: '`apache_exporter`',
    cassandra: '`jmx_exporter`',
    ceph: 'the module `prometheus` of its manager',
    clickhouse: 'its own endpoint: `<prometheus>` of its configuration',
    cockroachdb: 'its own endpoint `/_status/vars`',
    confluent_platform: '`jmx_exporter`',
    consul: 'its own endpoint `/v1/agent/metrics?format=prometheus`',
    couch: '`couchdb-prometheus-exporter`, or its own endpoint `/_node/_local/_prometheus`',
    couchbase: 'its own endpoint `/metrics`',
    envoy: 'its own endpoint `/stats/prometheus`',
    fluentd: 'its plugin `fluent-plugin-prometheus`',
    gitlab: 'its own endpoint `/-/metrics`',
    gunicorn: '`statsd_exporter`, to which gunicorn sends',
    haproxy: 'its own endpoint: `http-request use-service prometheus-exporter`',
    hazelcast: '`jmx_exporter`',
    ibm_mq: 'the exporter of its image: `MQ_ENABLE_METRICS`',
    jboss_wildfly: 'its own endpoint `/metrics`',
    jenkins: 'its plugin `prometheus`',
    kafka: '`jmx_exporter`; topics and groups are a source of kind `kafka`',
    kong: 'its plugin `prometheus`',
    lighttpd: '`lighttpd_exporter`',
    mcache: '`memcached_exporter`',
    nginx: '`nginx-prometheus-exporter`, which asks the same address',
    nginx_ingress_controller: 'its own endpoint `/metrics`, by a ServiceMonitor',
    openldap: '`openldap_exporter`',
    oracle: '`oracledb_exporter`',
    pgbouncer: '`pgbouncer_exporter`',
    php_fpm: '`php-fpm_exporter`, which asks the same address',
    powerdns_recursor: 'its own endpoint `/metrics`',
    proxysql: 'its own endpoint: `admin-restapi_enabled`',
    rabbitmq: 'its plugin `rabbitmq_prometheus`, at port 15692',
    singlestore: 'its own endpoint `/metrics`',
    solr: '`solr-exporter`, which comes with it',
    sqlserver: '`sql_exporter`',
    squid: '`squid-exporter`',
    supervisord: '`supervisord_exporter`',
    temporal: 'its own endpoint `/metrics`',
    tomcat: '`jmx_exporter`',
    traefik: 'its own endpoint: `--metrics.prometheus`',
    uwsgi: '`uwsgi_exporter`',
    varnish: '`prometheus_varnish_exporter`',
    vault: 'its own endpoint `/v1/sys/metrics?format=prometheus`',
    vsphere: '`vmware_exporter`',
    zk: 'its own endpoint: `metricsProvider.className` of its configuration, at port 7000',
  }),
);

/** What looks at the machine in ways that no group of machines does. */
const LOOKING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    process:
      'single processes are not measured: run `process-exporter` beside them, and name it in a source of kind `static`',
    directory:
      'folders are not measured: write what they hold into a file of the textfile collector of a node_exporter of your own',
    filebeat: 'it is the shipper of another system, which goes with it',
    network_path: 'paths of packets are not looked at: a source of kind `blackbox` says whether an address answers',
    ebpf: 'programs are not looked into from outside',
    gpu: 'run `dcgm-exporter` by itself, with annotations or as a source',
    oom_kill: '`node_vmstat_oom_kill` of node_exporter counts them',
    tcp_queue_length: 'queues of sockets are not measured',
    ssh_check: 'say its port in a source of kind `blackbox`, `tcp`',
    wmi_check: 'counters of Windows are those of windows_exporter',
    pdh_check: 'counters of Windows are those of windows_exporter',
    windows_performance_counters: 'counters of Windows are those of windows_exporter',
    windows_registry: 'the registry is not read',
    postfix: '`postfix_exporter` beside it, in a source of kind `static`',
    nvml: 'run `dcgm-exporter` by itself, with annotations or as a source',
    cisco_aci: 'its devices answer to a source of kind `snmp`',
    cisco_sdwan: 'its devices answer to a source of kind `snmp`',
    aws: 'what AWS measures is a source of kind `cloudwatch`',
    azure: 'what Azure measures is a source of kind `azureMonitor`',
    gcp: 'what Google Cloud measures is a source of kind `gcp`',
  }),
);

/** Why a check cannot come along, and what to do instead. */
export function elsewhereWhy(check: string): string {
  const exporter = EXPORTERS.get(check);
  if (exporter !== undefined)
    return `check \`${check}\`: no kind of source asks what it does. Its metrics come from ${exporter}: name that in a source of kind \`static\`, or annotate its pods`;
  const looking = LOOKING.get(check);
  if (looking !== undefined) return `check \`${check}\`: ${looking}`;
  return `check \`${check.slice(0, 60).replaceAll('`', "'")}\`: no kind of source asks what it does. Run an exporter of Prometheus beside what it asks, and name it in a source of kind \`static\``;
}
