import type { Alert } from '../../types.ts';

export const KUBELET = 'job="kube-system/kubelet"';

const NODE = '{{ $labels.node }} of {{ $labels.cluster }}';
const INSTANCE = '{{ $labels.instance }} of {{ $labels.cluster }}';

/** Whether a node works, and whether anything is known of it. */
export function state(exporter: string, objects: string): readonly Alert[] {
  return [
    {
      alert: 'NodeNotReady',
      // A node that is silent has status="unknown", and so this is 0, too. One that is cordoned is worked on.
      expr: [
        `max by (cluster, node) (kube_node_status_condition{${objects}, condition="Ready", status="true"}) == 0`,
        `and on (cluster, node) kube_node_spec_unschedulable{${objects}} == 0`,
      ].join(' '),
      // Kubernetes moves its pods after five minutes; a restart of the machine takes less than ten. What its loss stops
      // is told of by itself.
      for: '15m',
      severity: 'warning',
      summary: `Node ${NODE} is not ready`,
      description:
        'Its pods were, or soon will be, started elsewhere, but for those of StatefulSets, which wait until somebody says that the node is gone.',
      runbook: 'node-not-ready',
    },
    {
      alert: 'NodeReadinessFlapping',
      expr: `max by (cluster, node) (changes(kube_node_status_condition{${objects}, condition="Ready", status="true"}[15m])) > 4`,
      for: '5m',
      severity: 'warning',
      summary: `Node ${NODE} is ready and not ready in turn`,
      description:
        'Its kubelet is late with its heartbeats: too little processor or memory, a slow disk, or the network.',
      runbook: 'node-not-ready',
    },
    {
      alert: 'NodeCordonedLong',
      expr: `max by (cluster, node) (kube_node_spec_unschedulable{${objects}}) == 1`,
      // Whoever upgrades a cluster is done within a day.
      for: '1d',
      severity: 'info',
      summary: `Node ${NODE} has taken no new pods for a day`,
      description: 'Somebody cordoned it and may have forgotten: the cluster is smaller than it looks.',
      runbook: 'node-not-ready',
    },
    {
      alert: 'KubeletDown',
      expr: `max by (cluster, instance) (up{${KUBELET}}) == 0`,
      for: '10m',
      severity: 'warning',
      summary: `The kubelet of ${INSTANCE} cannot be scraped`,
      description:
        'It does not run, or refuses the collector. Of the volumes and the containers of this node nothing is known.',
      runbook: 'node-not-ready',
    },
    {
      alert: 'NodeExporterDown',
      expr: `max by (cluster, instance) (up{${exporter}}) == 0`,
      for: '10m',
      severity: 'warning',
      summary: `node-exporter of ${INSTANCE} cannot be scraped`,
      description: 'Of disks, memory and clock of this node nothing is known, and no alert on them can fire.',
      runbook: 'scrape-failing',
    },
    {
      alert: 'NodeWithoutCollector',
      // Each node's own collector scrapes its kubelet: where even `up` is missing, nobody asks.
      expr: [
        `max by (cluster, node) (kube_node_info{${objects}})`,
        `unless on (cluster, node) label_replace(up{${KUBELET}}, "node", "$1", "instance", "(.+)")`,
      ].join(' '),
      // A new node is there some minutes before its first pods are.
      for: '15m',
      severity: 'warning',
      summary: `Nothing is collected from node ${NODE}`,
      description:
        'The collector of this node does not run or cannot send: logs and metrics of every pod there are missing, too, and no other alert on them can fire.',
      runbook: 'collector-down',
    },
    {
      alert: 'KubeStateMetricsDown',
      expr: `count by (cluster) (up{${KUBELET}}) unless on (cluster) up{${objects}} == 1`,
      for: '10m',
      severity: 'critical',
      summary: 'Nothing is known of the Kubernetes objects of {{ $labels.cluster }}',
      description:
        'kube-state-metrics does not run or cannot be scraped, while nodes of the cluster can. No alert on pods, workloads, jobs or nodes can fire.',
      runbook: 'scrape-failing',
    },
  ];
}
