import type { Plan, TenantPlan } from '@lgtm-fleet/plan';
import { formatBytes, formatCount, formatDays } from '@lgtm-fleet/units';
import { graph } from '../../../panels/graph.ts';
import { text } from '../../../panels/text.ts';
import { promql } from '../../../queries.ts';
import { copies } from '../../../planned.ts';
import { own, runs } from '../../../selectors.ts';
import type { Page, Row, Tile } from '../../../types.ts';

export const tenants: Page = {
  uid: 'lgtm-tenants',
  title: 'Tenants',
  description:
    'What each tenant uses of its limits, and what is refused because of them. The limits are those of the spec.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [],
  rows: (plan) => [use(plan), refused(plan), limits(plan)],
};

type Limit = keyof TenantPlan['limits'];

/** The limit of each tenant as series, to divide by. */
function limitSeries({ tenants: all }: Plan, limit: Limit, label: 'tenant' | 'user'): string {
  const series = all.map(
    ({ name, limits: own }) =>
      `label_replace(vector(${String(Math.round(own[limit]))}), "${label}", "${name}", "", "")`,
  );
  return `(${series.join(' or ')})`;
}

function share(plan: Plan, title: string, used: string, limit: Limit, label: 'tenant' | 'user'): Tile {
  return graph(
    title,
    'percentunit',
    [promql(`${used} / on (${label}) ${limitSeries(plan, limit, label)}`, `{{${label}}}`)],
    {
      width: 12,
      description: 'At 100 % more is refused.',
      thresholds: [
        { at: 0.8, color: 'orange' },
        { at: 1, color: 'red' },
      ],
      runbook: limit === 'activeSeries' ? 'series-limit-reached' : 'writes-rate-limited',
    },
  );
}

function use(plan: Plan): Row {
  return {
    title: 'Use, of the limit',
    tiles: [
      ...(runs(plan, 'mimir')
        ? [
            share(
              plan,
              'Active series',
              `(sum by (user) (cortex_ingester_active_series{${own(plan, 'mimir', 'ingester')}}) / ${String(copies(plan))})`,
              'activeSeries',
              'user',
            ),
            share(
              plan,
              'Samples',
              `sum by (user) (rate(cortex_distributor_received_samples_total{${own(plan, 'mimir', 'distributor')}}[$__rate_interval]))`,
              'samplesPerSecond',
              'user',
            ),
          ]
        : []),
      ...(runs(plan, 'loki')
        ? [
            share(
              plan,
              'Log bytes',
              `sum by (tenant) (rate(loki_distributor_bytes_received_total{${own(plan, 'loki', 'distributor')}}[$__rate_interval]))`,
              'logBytesPerSecond',
              'tenant',
            ),
          ]
        : []),
      ...(runs(plan, 'tempo')
        ? [
            share(
              plan,
              'Trace bytes',
              `sum by (tenant) (rate(tempo_distributor_bytes_received_total{${own(plan, 'tempo', 'distributor')}}[$__rate_interval]))`,
              'traceBytesPerSecond',
              'tenant',
            ),
          ]
        : []),
    ],
  };
}

function refused(plan: Plan): Row {
  const rate = (metric: string, label: string, selector: string): string =>
    `sum by (${label}, reason) (rate(${metric}{${selector}}[$__rate_interval]))`;
  return {
    title: 'Refused',
    tiles: [
      ...(runs(plan, 'mimir')
        ? [
            graph(
              'Samples',
              'cps',
              [promql(rate('cortex_discarded_samples_total', 'user', own(plan, 'mimir')), '{{user}} {{reason}}')],
              {
                runbook: 'series-limit-reached',
              },
            ),
          ]
        : []),
      ...(runs(plan, 'loki')
        ? [
            graph(
              'Log lines',
              'cps',
              [promql(rate('loki_discarded_samples_total', 'tenant', own(plan, 'loki')), '{{tenant}} {{reason}}')],
              {
                runbook: 'writes-rate-limited',
              },
            ),
          ]
        : []),
      ...(runs(plan, 'tempo')
        ? [
            graph(
              'Spans',
              'cps',
              [promql(rate('tempo_discarded_spans_total', 'tenant', own(plan, 'tempo')), '{{tenant}} {{reason}}')],
              {
                runbook: 'spans-discarded',
              },
            ),
          ]
        : []),
    ],
  };
}

function limits(plan: Plan): Row {
  const rows = plan.tenants.map(({ name, limits: own, retentionSeconds }) =>
    [
      name,
      formatCount(own.activeSeries),
      `${formatCount(own.samplesPerSecond)}/s`,
      `${formatBytes(own.logBytesPerSecond)}/s`,
      `${formatBytes(own.traceBytesPerSecond)}/s`,
      [retentionSeconds.metrics, retentionSeconds.logs, retentionSeconds.traces].map(formatDays).join(', '),
    ].join(' | '),
  );
  const head = ['Tenant', 'Series', 'Samples', 'Logs', 'Traces', 'Kept: metrics, logs, traces'];
  const table = [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((line) => `| ${line} |`).join('\n');
  return { title: 'Limits', tiles: [text('Limits of this cluster', table, { height: 3 + 2 * plan.tenants.length })] };
}
