/** Families of Datadog's metrics, and where the same is measured here. */
const HERE: readonly (readonly [prefix: RegExp, here: string])[] = [
  [/^system\.cpu\./, '`node_cpu_seconds_total`'],
  [/^system\.(?:mem|swap)\./, '`node_memory_…`'],
  [/^system\.load\./, '`node_load1`'],
  [/^system\.(?:disk|fs)\./, '`node_filesystem_…`'],
  [/^system\.io\./, '`node_disk_…`'],
  [/^system\.(?:net|tcp|udp)\./, '`node_network_…`, `node_netstat_…`'],
  [/^system\.uptime/, '`node_boot_time_seconds`'],
  [/^kubernetes\.cpu\./, '`container_cpu_usage_seconds_total`'],
  [/^kubernetes\.memory\./, '`container_memory_working_set_bytes`'],
  [/^kubernetes\.network\./, '`container_network_…`'],
  [/^kubernetes\./, '`kubelet_…`, `kube_pod_…`'],
  [/^kubernetes_state\./, '`kube_…`'],
  [/^(?:container|docker|containerd|cri)\./, '`container_…`'],
  [/^trace\./, '`traces_spanmetrics_calls_total`, `traces_spanmetrics_latency_bucket`'],
  [/^postgresql\./, '`pg_…`'],
  [/^mysql\./, '`mysql_…`'],
  [/^redis\./, '`redis_…`'],
  [/^mongodb\./, '`mongodb_…`'],
  [/^elasticsearch\./, '`elasticsearch_…`'],
  [/^kafka\./, '`kafka_…`'],
  [/^(?:http|network\.http|network\.tcp|tls|dns)\b/, '`probe_…`'],
  [/^(?:snmp|ifHC|sysUpTime)/, '`ifHCInOctets`, `ifOperStatus`'],
  [/^aws\./, '`aws_…` of a source of kind `cloudwatch`'],
  [/^azure\./, '`azure_…` of a source of kind `azureMonitor`'],
  [/^gcp\./, '`stackdriver_…` of a source of kind `gcp`'],
];

const METRIC = /(?:^|[\s(,:])(?:avg|sum|min|max|count|p\d{2}):([A-Za-z][\w.]*)\{/g;
const CHECK = /^"([\w.]+)"\.over\(/;
const MOST = 3;

/** What queries of Datadog ask about, and where that is here: a part of a sentence. */
export function askedBy(queries: readonly string[]): string {
  const names = new Set(
    queries.flatMap((query) =>
      [...query.slice(0, 10_000).matchAll(METRIC)].map(([, name = '']) => name).concat(CHECK.exec(query)?.[1] ?? []),
    ),
  );
  const shown = [...names].slice(0, MOST).map((name) => {
    const here = HERE.find(([prefix]) => prefix.test(name))?.[1];
    return `\`${name.slice(0, 80)}\`${here === undefined ? '' : ` (here ${here})`}`;
  });
  if (shown.length === 0) return '';
  const more = names.size - shown.length;
  return `it asks for ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}: `;
}
