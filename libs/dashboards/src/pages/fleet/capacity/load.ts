import type { Plan } from '@lgtm-fleet/plan';
import { formatBytes, formatCount } from '@lgtm-fleet/units';
import { graph } from '../../../panels/graph.ts';
import { promql } from '../../../queries.ts';
import { own, runs } from '../../../selectors.ts';
import type { Row, Tile, Unit } from '../../../types.ts';
import { copies } from '../../../planned.ts';

function against(title: string, unit: Unit, used: string, planned: number, said: string): Tile {
  return graph(title, unit, [promql(used, 'used'), promql(`vector(${String(Math.round(planned))})`, 'planned for')], {
    width: 12,
    description: `${said} Past it, change the spec: replicas, volumes and caches follow.`,
    thresholds: [{ at: planned, color: 'orange' }],
  });
}

export function load(plan: Plan): Row {
  const { activeSeries, logBytesPerSecond, traceBytesPerSecond, queriesPerSecond } = plan.load;
  const loki = runs(plan, 'loki');
  const tempo = runs(plan, 'tempo');
  return {
    title: 'Load',
    tiles: [
      against(
        'Active series',
        'short',
        runs(plan, 'mimir')
          ? `sum(cortex_ingester_active_series{${own(plan, 'mimir', 'ingester')}}) / ${String(copies(plan))}`
          : `sum(prometheus_tsdb_head_series{${own(plan, 'prometheus')}})`,
        activeSeries,
        `spec.load.metrics: ${formatCount(activeSeries)} series.`,
      ),
      ...(loki
        ? [
            against(
              'Log bytes',
              'Bps',
              `sum(rate(loki_distributor_bytes_received_total{${own(plan, 'loki', 'distributor')}}[$__rate_interval]))`,
              logBytesPerSecond,
              `spec.load.logs: ${formatBytes(logBytesPerSecond)} a second on average.`,
            ),
          ]
        : []),
      ...(tempo
        ? [
            against(
              'Trace bytes',
              'Bps',
              `sum(rate(tempo_distributor_bytes_received_total{${own(plan, 'tempo', 'distributor')}}[$__rate_interval]))`,
              traceBytesPerSecond,
              `spec.load.traces: ${formatBytes(traceBytesPerSecond)} a second on average.`,
            ),
          ]
        : []),
      against(
        'Queries',
        'reqps',
        queries(plan),
        queriesPerSecond,
        `spec.load.queries: ${String(queriesPerSecond)} a second.`,
      ),
    ],
  };
}

function queries(plan: Plan): string {
  const loki = `sum(rate(loki_request_duration_seconds_count{${own(plan, 'loki', 'query-frontend')}, route=~"loki_api_v1_query.*"}[$__rate_interval]))`;
  const metrics = runs(plan, 'mimir')
    ? `sum(rate(cortex_request_duration_seconds_count{${own(plan, 'mimir', 'query-frontend')}, route=~"prometheus_api_v1_query.*"}[$__rate_interval]))`
    : `sum(rate(prometheus_http_requests_total{${own(plan, 'prometheus')}, handler=~"/api/v1/query.*"}[$__rate_interval]))`;
  return `(${loki} or vector(0)) + (${metrics} or vector(0))`;
}
