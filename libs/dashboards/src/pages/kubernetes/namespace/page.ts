import { bars } from '../../../panels/bars.ts';
import { graph } from '../../../panels/graph.ts';
import { table } from '../../../panels/table.ts';
import { now, promql } from '../../../queries.ts';
import type { Page, Row } from '../../../types.ts';
import { oneLabelVariable } from '../../../variables.ts';

const IN = 'cluster="$cluster", namespace="$namespace"';

export const namespace: Page = {
  uid: 'lgtm-namespace',
  title: 'Namespace',
  description: 'A namespace: its workloads, what they use of what they asked for, and its quota.',
  folder: 'kubernetes',
  audience: 'tenants',
  variables: () => [
    oneLabelVariable('cluster', 'Cluster', 'kube_namespace_status_phase'),
    oneLabelVariable('namespace', 'Namespace', 'kube_namespace_status_phase{cluster="$cluster"}'),
  ],
  rows: () => [workloads, use, rest],
};

const kind = (title: string, label: string, wanted: string, ready: string) =>
  table(
    title,
    [
      {
        from: label,
        title: 'Name',
        link: {
          title: 'Its page',
          url: '/d/lgtm-workload?var-cluster=${cluster}&var-namespace=${namespace}&var-workload=${__data.fields.Name}',
        },
      },
      { from: '#0', title: 'Wanted' },
      { from: '#1', title: 'Ready' },
    ],
    [now(`sum by (${label}) (${wanted}{${IN}})`), now(`sum by (${label}) (${ready}{${IN}})`)],
    { width: 8, runbook: 'workload-unavailable' },
  );

const workloads: Row = {
  title: 'Workloads',
  tiles: [
    kind('Deployments', 'deployment', 'kube_deployment_spec_replicas', 'kube_deployment_status_replicas_ready'),
    kind('StatefulSets', 'statefulset', 'kube_statefulset_replicas', 'kube_statefulset_status_replicas_ready'),
    kind(
      'DaemonSets',
      'daemonset',
      'kube_daemonset_status_desired_number_scheduled',
      'kube_daemonset_status_number_ready',
    ),
  ],
};

const use: Row = {
  title: 'What pods use',
  tiles: [
    graph(
      'Processor',
      'short',
      [
        promql(
          `topk(10, sum by (pod) (rate(container_cpu_usage_seconds_total{${IN}, container!=""}[$__rate_interval])))`,
          '{{pod}}',
        ),
      ],
      { description: 'In cores; the ten largest.' },
    ),
    graph(
      'Memory',
      'bytes',
      [promql(`topk(10, sum by (pod) (container_memory_working_set_bytes{${IN}, container!=""}))`, '{{pod}}')],
      {
        description: 'The ten largest.',
      },
    ),
    graph(
      'Restarts',
      'short',
      [
        promql(
          `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${IN}}[$__rate_interval])) > 0`,
          '{{pod}} {{container}}',
        ),
      ],
      { runbook: 'pod-crash-looping' },
    ),
    graph(
      'Processor, of what is requested',
      'percentunit',
      [
        promql(
          `sum(rate(container_cpu_usage_seconds_total{${IN}, container!=""}[$__rate_interval])) / sum(kube_pod_container_resource_requests{${IN}, resource="cpu"})`,
          'all pods',
        ),
      ],
      { description: 'Far below 100 % it asks for more than it needs, and others cannot have it.' },
    ),
    graph(
      'Memory, of what is requested',
      'percentunit',
      [
        promql(
          `sum(container_memory_working_set_bytes{${IN}, container!=""}) / sum(kube_pod_container_resource_requests{${IN}, resource="memory"})`,
          'all pods',
        ),
      ],
      { description: 'Far below 100 % it asks for more than it needs, and others cannot have it.' },
    ),
    graph('Network', 'Bps', [
      promql(`sum(rate(container_network_receive_bytes_total{${IN}}[$__rate_interval]))`, 'received'),
      promql(`sum(rate(container_network_transmit_bytes_total{${IN}}[$__rate_interval]))`, 'sent'),
    ]),
  ],
};

const rest: Row = {
  title: 'Quota and volumes',
  tiles: [
    bars(
      'Quota in use',
      'percentunit',
      [
        now(
          `max by (resourcequota, resource) (kube_resourcequota{${IN}, type="used"}) / (max by (resourcequota, resource) (kube_resourcequota{${IN}, type="hard"}) > 0)`,
          '{{resource}}',
        ),
      ],
      {
        width: 12,
        max: 1,
        description: 'At 100 % no new pod is made; who makes it is told, and nobody else.',
        thresholds: [{ at: 0.9, color: 'orange' }],
      },
    ),
    bars(
      'Volumes in use',
      'percentunit',
      [
        now(
          `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${IN}}) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${IN}})`,
          '{{persistentvolumeclaim}}',
        ),
      ],
      {
        width: 12,
        max: 1,
        thresholds: [
          { at: 0.8, color: 'orange' },
          { at: 0.95, color: 'red' },
        ],
        runbook: 'volume-filling',
      },
    ),
  ],
};
