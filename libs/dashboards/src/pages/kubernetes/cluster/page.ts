import { bars } from '../../../panels/bars.ts';
import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { table } from '../../../panels/table.ts';
import { now, promql } from '../../../queries.ts';
import type { Page, Row } from '../../../types.ts';
import { oneLabelVariable } from '../../../variables.ts';

const IN = 'cluster="$cluster"';

export const cluster: Page = {
  uid: 'lgtm-cluster',
  title: 'Cluster',
  description: 'A Kubernetes cluster as a whole: what is broken, who uses it, and what is left.',
  folder: 'kubernetes',
  audience: 'tenants',
  variables: () => [oneLabelVariable('cluster', 'Cluster', 'kube_node_info')],
  rows: () => [health, use, namespaces],
};

const health: Row = {
  title: 'What is broken',
  tiles: [
    stat(
      'Nodes that are not ready',
      'short',
      [now(`count(kube_node_status_condition{${IN}, condition="Ready", status="true"} == 0) or vector(0)`)],
      {
        thresholds: [{ at: 1, color: 'red' }],
        runbook: 'node-not-ready',
      },
    ),
    stat('Pods that wait', 'short', [now(`sum(kube_pod_status_phase{${IN}, phase="Pending"})`)], {
      thresholds: [{ at: 1, color: 'orange' }],
      runbook: 'pod-unschedulable',
    }),
    stat(
      'Containers that crash',
      'short',
      [now(`count(kube_pod_container_status_waiting_reason{${IN}, reason="CrashLoopBackOff"} == 1) or vector(0)`)],
      { thresholds: [{ at: 1, color: 'red' }], runbook: 'pod-crash-looping' },
    ),
    stat(
      'Killed for their memory, in an hour',
      'short',
      [
        now(
          `sum(increase(kube_pod_container_status_restarts_total{${IN}}[1h]) * on (cluster, namespace, pod, container) group_left () (kube_pod_container_status_last_terminated_reason{${IN}, reason="OOMKilled"} == 1)) or vector(0)`,
        ),
      ],
      { thresholds: [{ at: 1, color: 'red' }], runbook: 'pod-out-of-memory' },
    ),
    stat(
      'Deployments with too few pods',
      'short',
      [now(`count(kube_deployment_status_replicas_unavailable{${IN}} > 0) or vector(0)`)],
      {
        thresholds: [{ at: 1, color: 'orange' }],
        runbook: 'workload-unavailable',
      },
    ),
    stat('Failed Jobs', 'short', [now(`count(kube_job_failed{${IN}, condition="true"} == 1) or vector(0)`)], {
      thresholds: [{ at: 1, color: 'orange' }],
      runbook: 'job-failed',
    }),
    table(
      'Containers that do not run',
      [
        { from: 'namespace', title: 'Namespace' },
        {
          from: 'pod',
          title: 'Pod',
          link: {
            title: 'Its workload',
            url: '/d/lgtm-workload?var-cluster=${cluster}&var-namespace=${__data.fields.Namespace}',
          },
        },
        { from: 'container', title: 'Container' },
        { from: 'reason', title: 'Reason' },
      ],
      [now(`max by (namespace, pod, container, reason) (kube_pod_container_status_waiting_reason{${IN}}) == 1`)],
    ),
    bars(
      'Volumes that fill',
      'percentunit',
      [
        now(
          `topk(10, max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${IN}}) / max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${IN}}))`,
          '{{namespace}}/{{persistentvolumeclaim}}',
        ),
      ],
      {
        width: 12,
        height: 8,
        max: 1,
        description: 'The ten fullest claims. From 80 % on somebody should make them larger.',
        thresholds: [
          { at: 0.8, color: 'orange' },
          { at: 0.95, color: 'red' },
        ],
        runbook: 'volume-filling',
      },
    ),
  ],
};

const share = (resource: 'cpu' | 'memory'): string =>
  `sum(kube_pod_container_resource_requests{${IN}, resource="${resource}"}) / sum(kube_node_status_allocatable{${IN}, resource="${resource}"})`;

const use: Row = {
  title: 'What is in use',
  tiles: [
    graph(
      'Processor',
      'percentunit',
      [
        promql(
          `sum(rate(container_cpu_usage_seconds_total{${IN}, container!=""}[$__rate_interval])) / sum(kube_node_status_allocatable{${IN}, resource="cpu"})`,
          'used',
        ),
        promql(share('cpu'), 'requested'),
      ],
      { description: 'Of what nodes can give to pods. Pods wait when everything is requested, used or not.', max: 1 },
    ),
    graph(
      'Memory',
      'percentunit',
      [
        promql(
          `sum(container_memory_working_set_bytes{${IN}, container!=""}) / sum(kube_node_status_allocatable{${IN}, resource="memory"})`,
          'used',
        ),
        promql(share('memory'), 'requested'),
      ],
      { description: 'Of what nodes can give to pods.', max: 1, runbook: 'node-under-pressure' },
    ),
    graph('Pods, by phase', 'short', [promql(`sum by (phase) (kube_pod_status_phase{${IN}}) > 0`, '{{phase}}')], {
      stacked: true,
    }),
  ],
};

const perNamespace = (value: string): string => `topk(10, sum by (namespace) (${value}))`;

const namespaces: Row = {
  title: 'By namespace',
  tiles: [
    graph(
      'Processor',
      'short',
      [
        promql(
          perNamespace(`rate(container_cpu_usage_seconds_total{${IN}, container!=""}[$__rate_interval])`),
          '{{namespace}}',
        ),
      ],
      { stacked: true, description: 'In cores; the ten largest.' },
    ),
    graph(
      'Memory',
      'bytes',
      [promql(perNamespace(`container_memory_working_set_bytes{${IN}, container!=""}`), '{{namespace}}')],
      {
        stacked: true,
        description: 'The ten largest.',
      },
    ),
    graph(
      'Network, received',
      'Bps',
      [promql(perNamespace(`rate(container_network_receive_bytes_total{${IN}}[$__rate_interval])`), '{{namespace}}')],
      { stacked: true, description: 'The ten largest.' },
    ),
  ],
};
