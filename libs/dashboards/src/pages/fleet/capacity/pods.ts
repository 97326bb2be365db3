import type { ComponentName, Plan } from '@lgtm-fleet/plan';
import { bars } from '../../../panels/bars.ts';
import { graph } from '../../../panels/graph.ts';
import { now, promql } from '../../../queries.ts';
import { decided, plannedPods } from '../../../planned.ts';
import { inCluster, own, runs } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

const TOLD: readonly ComponentName[] = [
  'loki',
  'mimir',
  'prometheus',
  'tempo',
  'grafana',
  'seaweedfs',
  'alloy-gateway',
];

export function pods(plan: Plan): Row {
  const told = TOLD.filter((name) => runs(plan, name));
  const requested = (resource: string): string =>
    `sum by (namespace) (kube_pod_container_resource_requests{${inCluster(plan)}, namespace=~"observability|monitoring", resource="${resource}"})`;
  return {
    title: 'Pods',
    tiles: [
      bars(
        'Pods that answer, of those planned',
        'percentunit',
        told.map((name) => now(`sum(up{${own(plan, name)}}) / ${String(plannedPods(plan, name) ?? 1)}`, name)),
        {
          description: 'More than 100 % where an autoscaler made some.',
          max: 2,
          thresholds: [{ at: 1, color: 'green' }],
        },
      ),
      graph(
        'Processor requested and used',
        'short',
        [
          promql(requested('cpu'), '{{namespace}} requested'),
          promql(
            `sum by (namespace) (rate(container_cpu_usage_seconds_total{${inCluster(plan)}, namespace=~"observability|monitoring", container!=""}[$__rate_interval]))`,
            '{{namespace}} used',
          ),
        ],
        { description: decided(plan, 'cluster.cpu') },
      ),
      graph(
        'Memory requested and used',
        'bytes',
        [
          promql(requested('memory'), '{{namespace}} requested'),
          promql(
            `sum by (namespace) (container_memory_working_set_bytes{${inCluster(plan)}, namespace=~"observability|monitoring", container!=""})`,
            '{{namespace}} used',
          ),
        ],
        { description: decided(plan, 'cluster.memory') },
      ),
    ],
  };
}
