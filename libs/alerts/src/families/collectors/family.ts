import type { Plan } from '@lgtm-fleet/plan';
import type { Alert, RuleFamily } from '../../types.ts';
import { delivery } from './delivery.ts';
import { otlp } from './otlp.ts';
import { scrapes } from './scrapes.ts';
import { COLLECTORS } from './series.ts';

/**
 * The collectors of this cluster and of its edges, which are called alike everywhere. An edge's own are of the tenant
 * that has its namespace `monitoring`, whoever that is, so every tenant with namespaces has these rules: none of them
 * looks for what is absent, and so each tells of what its tenant has.
 */
export const collectors: RuleFamily = {
  name: 'collectors',
  audience: 'workloads',
  evaluators: ['metrics'],
  groups: (plan) => [
    { name: 'collectors-state', rules: state(plan) },
    { name: 'collectors-scrapes', rules: scrapes() },
    { name: 'collectors-delivery', rules: delivery() },
    { name: 'collectors-otlp', rules: otlp(plan) },
  ],
};

function state({ collection }: Plan): readonly Alert[] {
  return [
    {
      alert: 'CollectorDown',
      expr: `max by (cluster, job, pod) (up{${COLLECTORS}}) == 0`,
      for: '10m',
      severity: 'warning',
      summary: 'Collector {{ $labels.pod }} of {{ $labels.cluster }} cannot be scraped',
      description:
        'It runs and does not answer, or hangs in its start. On a node its logs and metrics wait; at alloy-gateway the others take what applications send.',
      runbook: 'collector-down',
    },
    {
      alert: 'CollectorConfigRefused',
      expr: `min by (cluster, job, pod) (alloy_config_last_load_successful{${COLLECTORS}}) == 0`,
      for: '5m',
      severity: 'warning',
      summary: 'Collector {{ $labels.pod }} of {{ $labels.cluster }} did not take its configuration',
      description:
        'It goes on with the one before, and does not start again with this one: the next restart takes it away. Its log says where the fault is.',
      runbook: 'collector-down',
    },
    {
      alert: 'CollectorComponentUnhealthy',
      expr: `sum by (cluster, job, pod, health_type) (alloy_component_controller_running_components{${COLLECTORS}, health_type=~"unhealthy|exited"}) > 0`,
      // A component that reads a Secret, or asks for its targets, is unhealthy until the first answer.
      for: '15m',
      severity: 'warning',
      summary:
        '{{ $value }} components of collector {{ $labels.pod }} of {{ $labels.cluster }} are {{ $labels.health_type }}',
      description:
        'What passes through them does not arrive; the others go on. The page of the collector (port 12345) and its log say which and why.',
      runbook: 'collector-down',
    },
    {
      alert: 'EdgeSilent',
      // It is told of for a day: after that it is taken for one that is no more.
      expr: [
        `count by (cluster) (max_over_time(up{${COLLECTORS}, cluster!="${collection.clusterLabel}"}[1d]))`,
        `unless on (cluster) up{${COLLECTORS}}`,
      ].join(' '),
      // Its collectors keep metrics for two hours: there is time to mend it without a gap.
      for: '15m',
      severity: 'critical',
      summary: 'Nothing comes from cluster {{ $labels.cluster }} any more',
      description:
        'No collector of this edge gets through: its way to the hub, its credential or the whole cluster. What it has waits on its nodes, metrics for two hours.',
      runbook: 'edge-silent',
    },
  ];
}
