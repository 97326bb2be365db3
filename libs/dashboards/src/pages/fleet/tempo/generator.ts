import type { Plan } from '@lgtm-fleet/plan';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own } from '../../../selectors.ts';
import type { Row } from '../../../types.ts';

export function generator(plan: Plan): Row {
  const self = own(plan, 'tempo', 'metrics-generator');
  return {
    title: 'Metrics made of spans',
    tiles: [
      graph(
        'Series, by tenant',
        'short',
        [promql(`sum by (tenant) (tempo_metrics_generator_registry_active_series{${self}})`, '{{tenant}}')],
        { description: 'They count against the series of the tenant.', runbook: 'cardinality-explosion' },
      ),
      graph(
        'Spans that became no metric',
        'cps',
        [
          promql(
            `sum by (tenant, reason) (rate(tempo_metrics_generator_spans_discarded_total{${self}}[$__rate_interval]))`,
            '{{tenant}} {{reason}}',
          ),
          promql(
            `sum by (tenant) (rate(tempo_metrics_generator_processor_service_graphs_expired_edges{${self}}[$__rate_interval]))`,
            '{{tenant}} call without its other side',
          ),
        ],
        {
          description: 'A call of which one side is not traced leaves the service graph after a while.',
          runbook: 'metrics-generator-failing',
        },
      ),
      graph(
        'Samples that the store of metrics refused',
        'cps',
        [promql(`sum(rate(prometheus_remote_storage_samples_failed_total{${self}}[$__rate_interval]))`, 'refused')],
        { runbook: 'metrics-generator-failing' },
      ),
    ],
  };
}
