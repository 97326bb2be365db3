import { objectNames, type ComponentName, type Plan } from '@lgtm-fleet/plan';
import { graph } from '../panels/graph.ts';
import { stat } from '../panels/stat.ts';
import { promql, now } from '../queries.ts';
import { inCluster, own } from '../selectors.ts';
import { plannedPods } from '../planned.ts';
import type { Row } from '../types.ts';

/** Whether all of its pods are there, and what each of them has left. */
export function processesRow(plan: Plan, component: ComponentName): Row {
  const pods = podsOf(plan, component);
  const planned = plannedPods(plan, component);
  return {
    title: 'Pods',
    tiles: [
      stat('Pods that answer', 'short', [now(answering(plan, component))], {
        description: planned === undefined ? 'One on every node.' : `The plan has ${String(planned)} at least.`,
        height: 7,
        thresholds: planned === undefined ? [{ at: 1, color: 'green' }] : fewerThan(planned),
        runbook: 'workload-unavailable',
      }),
      graph(
        'Processor in use, of what is requested',
        'percentunit',
        [
          promql(
            `sum by (pod) (rate(container_cpu_usage_seconds_total{${pods}, container!=""}[$__rate_interval])) / sum by (pod) (kube_pod_container_resource_requests{${pods}, resource="cpu"})`,
            '{{pod}}',
          ),
        ],
        {
          description: 'Above 100 % it takes what is idle on its node; it has no limit.',
          width: 7,
          thresholds: [{ at: 1, color: 'yellow' }],
        },
      ),
      graph(
        'Memory, of its limit',
        'percentunit',
        [
          promql(
            `max by (pod, container) (container_memory_working_set_bytes{${pods}, container!=""}) / max by (pod, container) (kube_pod_container_resource_limits{${pods}, resource="memory"})`,
            '{{pod}} {{container}}',
          ),
        ],
        {
          description:
            'At 100 % the kernel kills it. The limit leaves room for a restart that reads a write-ahead log.',
          width: 7,
          max: 1,
          thresholds: [{ at: 0.9, color: 'red' }],
          runbook: 'pod-out-of-memory',
        },
      ),
      graph(
        'Restarts',
        'short',
        [
          promql(
            `sum by (pod) (increase(kube_pod_container_status_restarts_total{${pods}}[$__rate_interval])) > 0`,
            '{{pod}}',
          ),
        ],
        { width: 6, runbook: 'pod-crash-looping' },
      ),
      ...volumes(plan, component),
    ],
  };
}

/** Those that give no metrics of themselves are ready when Kubernetes says so. */
const SILENT: readonly ComponentName[] = ['gateway', 'kafka'];

function answering(plan: Plan, component: ComponentName): string {
  return SILENT.includes(component)
    ? `sum(kube_pod_status_ready{${podsOf(plan, component)}, condition="true"})`
    : `sum(up{${own(plan, component)}})`;
}

/** Pods of a component by their names: what kubelets and kube-state-metrics tell of them knows no component. */
function podsOf(plan: Plan, component: ComponentName): string {
  const found = plan.components.find(({ name }) => name === component);
  const names = (found?.workloads ?? []).flatMap((workload) => objectNames(plan, workload));
  return `${inCluster(plan)}, namespace="${found?.namespace ?? ''}", pod=~"(${names.join('|')})-.+"`;
}

/** Red below what is planned. */
function fewerThan(planned: number) {
  return [
    { at: 0, color: 'red' },
    { at: planned, color: 'green' },
  ] as const;
}

function volumes(plan: Plan, component: ComponentName) {
  const found = plan.components.find(({ name }) => name === component);
  const names = (found?.workloads ?? [])
    .filter(({ volumeBytes }) => volumeBytes !== undefined)
    .flatMap((workload) => objectNames(plan, workload));
  if (found === undefined || names.length === 0) return [];
  const claims = `${inCluster(plan)}, namespace="${found.namespace}", persistentvolumeclaim=~"data-(${names.join('|')})-.+"`;
  return [
    graph(
      'Volumes in use',
      'percentunit',
      [
        promql(
          `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${claims}}) / max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${claims}})`,
          '{{persistentvolumeclaim}}',
        ),
      ],
      {
        description: 'Planned to stay below 80 %: what comes in while object storage cannot be reached has to fit too.',
        width: 24,
        height: 6,
        max: 1,
        thresholds: [{ at: 0.8, color: 'orange' }],
        runbook: 'volume-filling',
      },
    ),
  ];
}
