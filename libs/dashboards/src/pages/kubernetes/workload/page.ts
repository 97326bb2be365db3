import { graph } from '../../../panels/graph.ts';
import { logLines } from '../../../panels/lines.ts';
import { table } from '../../../panels/table.ts';
import { lines, now, promql } from '../../../queries.ts';
import type { Page, Row } from '../../../types.ts';
import { oneLabelVariable } from '../../../variables.ts';

/** Letters of the endings that Kubernetes gives names. */
const LETTERS = '[bcdfghjklmnpqrstvwxz2456789]';

/** Pods of a workload by their names, whichever kind it is: an ordinal, or an ending after that of a ReplicaSet. */
const PODS = `cluster="$cluster", namespace="$namespace", pod=~"(?:$workload)-(?:[0-9]+|(?:${LETTERS}+-)?${LETTERS}{5})"`;

export const workload: Page = {
  uid: 'lgtm-workload',
  title: 'Workload',
  description: 'A Deployment, StatefulSet, DaemonSet or Job: its pods, what they use, and what they say.',
  folder: 'kubernetes',
  audience: 'tenants',
  variables: () => [
    oneLabelVariable('cluster', 'Cluster', 'kube_namespace_status_phase'),
    oneLabelVariable('namespace', 'Namespace', 'kube_namespace_status_phase{cluster="$cluster"}'),
    oneLabelVariable(
      'workload',
      'Workload',
      'kube_pod_owner{cluster="$cluster", namespace="$namespace"}',
      'owner_name',
      `/^(.+?)(?:-${LETTERS}{8,10})?$/`,
    ),
  ],
  rows: () => [pods, use, said],
};

const pods: Row = {
  title: 'Pods',
  tiles: [
    table(
      'Pods',
      [
        { from: 'pod', title: 'Pod' },
        {
          from: 'node',
          title: 'Node',
          link: { title: 'Its page', url: '/d/lgtm-node?var-cluster=${cluster}&var-node=${__data.fields.Node}' },
        },
        { from: '#1', title: 'Ready' },
        { from: '#2', title: 'Restarts' },
      ],
      [
        now(`max by (pod, node) (kube_pod_info{${PODS}})`),
        now(`max by (pod) (kube_pod_status_ready{${PODS}, condition="true"})`),
        now(`sum by (pod) (kube_pod_container_status_restarts_total{${PODS}})`),
      ],
      { width: 16, runbook: 'workload-unavailable' },
    ),
    table(
      'Why containers do not run',
      [
        { from: 'pod', title: 'Pod' },
        { from: 'container', title: 'Container' },
        { from: 'reason', title: 'Reason' },
      ],
      [
        now(
          `max by (pod, container, reason) (kube_pod_container_status_waiting_reason{${PODS}} or kube_pod_container_status_last_terminated_reason{${PODS}}) == 1`,
        ),
      ],
      { width: 8, description: 'What it waits for, or why it ended the last time.', runbook: 'pod-crash-looping' },
    ),
  ],
};

const use: Row = {
  title: 'What they use',
  tiles: [
    graph(
      'Processor',
      'short',
      [
        promql(
          `sum by (pod) (rate(container_cpu_usage_seconds_total{${PODS}, container!=""}[$__rate_interval]))`,
          '{{pod}}',
        ),
        promql(
          `max(sum by (pod) (kube_pod_container_resource_requests{${PODS}, resource="cpu"}))`,
          'requested by each',
        ),
      ],
      { description: 'In cores.' },
    ),
    graph(
      'Memory',
      'bytes',
      [
        promql(`sum by (pod) (container_memory_working_set_bytes{${PODS}, container!=""})`, '{{pod}}'),
        promql(`max(sum by (pod) (kube_pod_container_resource_limits{${PODS}, resource="memory"}))`, 'limit of each'),
      ],
      { description: 'At its limit the kernel kills it.', runbook: 'pod-out-of-memory' },
    ),
    graph(
      'Held back by a limit of processor',
      'percentunit',
      [
        promql(
          `sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{${PODS}, container!=""}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{${PODS}, container!=""}[$__rate_interval]))`,
          '{{pod}}',
        ),
      ],
      { max: 1, description: 'Of the time in which it wanted to run. Empty where it has no limit.' },
    ),
    graph(
      'Network',
      'Bps',
      [
        promql(
          `sum by (pod) (rate(container_network_receive_bytes_total{${PODS}}[$__rate_interval]))`,
          '{{pod}} received',
        ),
        promql(
          `sum by (pod) (rate(container_network_transmit_bytes_total{${PODS}}[$__rate_interval]))`,
          '{{pod}} sent',
        ),
      ],
      { width: 12 },
    ),
    graph(
      'Restarts',
      'short',
      [
        promql(
          `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${PODS}}[$__rate_interval]))`,
          '{{pod}} {{container}}',
        ),
      ],
      { width: 12, runbook: 'pod-crash-looping' },
    ),
  ],
};

const said: Row = {
  title: 'What they say',
  tiles: [
    logLines('Log lines', lines('{cluster="$cluster", namespace="$namespace"} | pod=~"(?:$workload)-.+"'), {
      description: 'A pod is no label of a stream: all streams of the namespace are read for it.',
    }),
  ],
};
