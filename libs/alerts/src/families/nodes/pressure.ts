import type { Alert } from '../../types.ts';
import { KUBELET } from './state.ts';

const NODE = '{{ $labels.node }} of {{ $labels.cluster }}';
const INSTANCE = '{{ $labels.instance }} of {{ $labels.cluster }}';

/** What a node runs out of, before and while its kubelet ends pods for it. */
export function pressure(exporter: string, objects: string): readonly Alert[] {
  return [
    {
      alert: 'NodeUnderPressure',
      expr: `max by (cluster, node, condition) (kube_node_status_condition{${objects}, condition=~"MemoryPressure|DiskPressure|PIDPressure", status="true"}) == 1`,
      for: '5m',
      severity: 'warning',
      summary: `Node ${NODE} has {{ $labels.condition }}`,
      description: 'Its kubelet takes no new pods and ends some of those that run, those above their requests first.',
      runbook: 'node-under-pressure',
    },
    {
      alert: 'NodeMemoryLow',
      // The kubelet ends pods below 100 MiB, which is less than 5 % of any node of this size and comes fast from there.
      expr: `max by (cluster, instance) (node_memory_MemAvailable_bytes{${exporter}} / node_memory_MemTotal_bytes{${exporter}}) < 0.05`,
      for: '15m',
      severity: 'warning',
      summary: `Node ${INSTANCE} has {{ $value | humanizePercentage }} of its memory left`,
      description:
        'The next pod that grows is ended by the kernel or by the kubelet. Something uses more than it requests.',
      runbook: 'node-under-pressure',
    },
    {
      alert: 'NodeProcessorBusy',
      expr: `1 - avg by (cluster, instance) (rate(node_cpu_seconds_total{${exporter}, mode="idle"}[5m])) > 0.95`,
      // An hour: whatever comes in bursts has had its turn by then.
      for: '1h',
      severity: 'warning',
      summary: `Node ${INSTANCE} has no idle processor for an hour`,
      description: 'Pods there get what they request and nothing more; what requests little is slow.',
      runbook: 'node-under-pressure',
    },
    {
      alert: 'NodeDisksBusy',
      expr: `max by (cluster, instance, device) (rate(node_disk_io_time_seconds_total{${exporter}, device!~"(loop|ram|sr|fd|zram).*"}[5m])) > 0.95 and max by (cluster, instance, device) (rate(node_disk_io_time_weighted_seconds_total{${exporter}}[5m])) > 10`,
      // Disks that take many requests at once are always busy: only a queue of ten says that they are too slow.
      for: '30m',
      severity: 'warning',
      summary: `Disk {{ $labels.device }} of node ${INSTANCE} is at its limit`,
      description: 'Requests queue. Write-ahead logs wait for it, and so do writes to the stores on this node.',
      runbook: 'node-under-pressure',
    },
    {
      alert: 'NodeConnectionsTracked',
      expr: `max by (cluster, instance) (node_nf_conntrack_entries{${exporter}} / node_nf_conntrack_entries_limit{${exporter}}) > 0.75`,
      for: '15m',
      severity: 'warning',
      summary: `Node ${INSTANCE} tracks {{ $value | humanizePercentage }} of the connections that it can`,
      description:
        'Once the table is full the kernel drops new connections, and what is called through a Service times out.',
      runbook: 'node-under-pressure',
    },
    {
      alert: 'NodePodsFull',
      expr: [
        `max by (cluster, node) (label_replace(kubelet_running_pods{${KUBELET}}, "node", "$1", "instance", "(.+)"))`,
        `/ max by (cluster, node) (kube_node_status_allocatable{${objects}, resource="pods"}) > 0.95`,
      ].join(' '),
      for: '15m',
      severity: 'info',
      summary: `Node ${NODE} runs {{ $value | humanizePercentage }} of the pods that it can`,
      description: 'The next ones go elsewhere, or nowhere, whatever room there is in processor and memory.',
      runbook: 'pod-unschedulable',
    },
  ];
}
