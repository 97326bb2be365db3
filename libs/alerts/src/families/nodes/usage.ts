import type { Recording } from '../../types.ts';

const BY = 'by (cluster, instance)';

/** How much of a node is used, 0 to 1, and what it sends and receives. */
export function usage(exporter: string): readonly Recording[] {
  // What pods send passes the cables of the node once more under the names of their ends.
  const cables = `${exporter}, device!~"lo|docker.*|cni.*|br-.*|flannel.*|kube-.*|dummy.*"`;
  return [
    {
      record: 'instance:node_cpu_utilisation:rate5m',
      expr: `1 - avg ${BY} (rate(node_cpu_seconds_total{${exporter}, mode="idle"}[5m]))`,
    },
    {
      record: 'instance:node_cpu:count',
      expr: `count ${BY} (node_cpu_seconds_total{${exporter}, mode="idle"})`,
    },
    {
      record: 'instance:node_memory_utilisation:ratio',
      expr: `1 - max ${BY} (node_memory_MemAvailable_bytes{${exporter}} / node_memory_MemTotal_bytes{${exporter}})`,
    },
    {
      record: 'instance:node_filesystem_utilisation:max',
      expr: `1 - min ${BY} (node_filesystem_avail_bytes{${exporter}} / (node_filesystem_size_bytes{${exporter}} > 0))`,
    },
    {
      record: 'instance:node_disk_io_utilisation:rate5m',
      expr: `max ${BY} (rate(node_disk_io_time_seconds_total{${exporter}}[5m]))`,
    },
    ...['receive', 'transmit'].map((way) => ({
      record: `instance:node_network_${way}_bytes:rate5m`,
      expr: `sum ${BY} (rate(node_network_${way}_bytes_total{${cables}}[5m]))`,
    })),
    {
      record: 'cluster:node_cpu_utilisation:avg',
      expr: 'sum by (cluster) (instance:node_cpu_utilisation:rate5m * instance:node_cpu:count) / sum by (cluster) (instance:node_cpu:count)',
    },
    {
      record: 'cluster:node_memory_utilisation:ratio',
      expr: `1 - sum by (cluster) (node_memory_MemAvailable_bytes{${exporter}}) / sum by (cluster) (node_memory_MemTotal_bytes{${exporter}})`,
    },
  ];
}
