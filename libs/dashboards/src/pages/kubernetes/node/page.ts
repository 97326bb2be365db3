import { graph } from '../../../panels/graph.ts';
import { stat } from '../../../panels/stat.ts';
import { now, promql } from '../../../queries.ts';
import type { Page, Row } from '../../../types.ts';
import { labelVariable, oneLabelVariable } from '../../../variables.ts';
import { OF } from './selectors.ts';
import { disks } from './disks.ts';
import { network } from './network.ts';

const NODE = 'cluster="$cluster", node=~"$node"';

export const node: Page = {
  uid: 'lgtm-node',
  title: 'Node',
  description: 'Machines of a cluster: what is exhausted, and by which pods.',
  folder: 'kubernetes',
  audience: 'tenants',
  variables: () => [
    oneLabelVariable('cluster', 'Cluster', 'kube_node_info'),
    labelVariable('node', 'Node', 'kube_node_info{cluster="$cluster"}'),
  ],
  rows: () => [health, processor, memory, disks, network],
};

const health: Row = {
  title: 'Health',
  tiles: [
    stat(
      'Ready',
      'short',
      [now(`min by (node) (kube_node_status_condition{${NODE}, condition="Ready", status="true"})`, '{{node}}')],
      {
        width: 8,
        named: { 0: 'not ready', 1: 'ready' },
        thresholds: [
          { at: 0, color: 'red' },
          { at: 1, color: 'green' },
        ],
        runbook: 'node-not-ready',
      },
    ),
    stat(
      'Under pressure',
      'short',
      [
        now(
          `sum by (condition) (kube_node_status_condition{${NODE}, condition=~".+Pressure", status="true"})`,
          '{{condition}}',
        ),
      ],
      {
        width: 8,
        description: 'Nodes on which the kubelet takes no new pods, or evicts some.',
        thresholds: [{ at: 1, color: 'red' }],
        runbook: 'node-under-pressure',
      },
    ),
    stat('Clock, away from its source', 's', [now(`max(abs(node_timex_offset_seconds{${OF}}))`)], {
      width: 4,
      thresholds: [{ at: 0.05, color: 'red' }],
      runbook: 'clock-skew',
    }),
    stat('Since the last start', 's', [now(`time() - max(node_boot_time_seconds{${OF}})`)], { width: 4 }),
  ],
};

const processor: Row = {
  title: 'Processor',
  tiles: [
    graph(
      'In use',
      'percentunit',
      [
        promql(
          `1 - avg by (instance) (rate(node_cpu_seconds_total{${OF}, mode="idle"}[$__rate_interval]))`,
          '{{instance}}',
        ),
      ],
      { max: 1 },
    ),
    graph(
      'Waiting for a processor',
      'percentunit',
      [promql(`rate(node_pressure_cpu_waiting_seconds_total{${OF}}[$__rate_interval])`, '{{instance}}')],
      {
        description: 'Share of the time in which something that could run did not.',
        thresholds: [{ at: 0.2, color: 'orange' }],
        runbook: 'node-under-pressure',
      },
    ),
    graph(
      'Pods that use most',
      'short',
      [
        promql(
          `topk(10, sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{cluster="$cluster", instance=~"$node", container!=""}[$__rate_interval])))`,
          '{{namespace}}/{{pod}}',
        ),
      ],
      { description: 'In cores.' },
    ),
  ],
};

const memory: Row = {
  title: 'Memory',
  tiles: [
    graph(
      'In use',
      'percentunit',
      [promql(`1 - node_memory_MemAvailable_bytes{${OF}} / node_memory_MemTotal_bytes{${OF}}`, '{{instance}}')],
      {
        max: 1,
        thresholds: [{ at: 0.9, color: 'red' }],
        runbook: 'node-under-pressure',
      },
    ),
    graph(
      'Killed by the kernel',
      'cps',
      [promql(`rate(node_vmstat_oom_kill{${OF}}[$__rate_interval])`, '{{instance}}')],
      {
        runbook: 'pod-out-of-memory',
      },
    ),
    graph('Pods that use most', 'bytes', [
      promql(
        `topk(10, sum by (namespace, pod) (container_memory_working_set_bytes{cluster="$cluster", instance=~"$node", container!=""}))`,
        '{{namespace}}/{{pod}}',
      ),
    ]),
  ],
};
