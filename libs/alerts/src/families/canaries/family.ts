import type { Plan } from '@lgtm-fleet/plan';
import { jobs } from '../../jobs.ts';
import type { Alert, RuleFamily } from '../../types.ts';
import { ofTraces } from './traces.ts';

/**
 * The canaries write through the front door and read what they wrote, as a tenant does: what they miss, others miss. They
 * are looked at by the Prometheus that watches, too, for the store of their own metrics may be what is broken.
 */
export const canaries: RuleFamily = {
  name: 'canaries',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) => {
    if (plan.components.every(({ name }) => name !== 'canary')) return [];
    const [logs, metrics] = [jobs(plan, 'canary', 'logs'), jobs(plan, 'canary', 'metrics')];
    const traces = jobs(plan, 'canary-traces');
    return [
      { name: 'canaries', rules: [silent(plan, [logs, metrics, traces])] },
      { name: 'canaries-logs', rules: ofLogs(logs) },
      { name: 'canaries-metrics', rules: ofMetrics(metrics) },
      { name: 'canaries-traces', rules: ofTraces(traces) },
    ];
  },
};

function silent({ collection }: Plan, of: readonly string[]): Alert {
  return {
    alert: 'CanarySilent',
    expr: of.map((one) => `absent(up{cluster="${collection.clusterLabel}", ${one}})`).join(' or '),
    for: '15m',
    severity: 'warning',
    summary: 'Canary {{ $labels.job }} of {{ $labels.cluster }} is not heard of',
    description: 'It does not run or cannot be scraped. Whether what is written can be read, nobody tries.',
    runbook: 'canary-missing-data',
  };
}

function ofLogs(job: string): readonly Alert[] {
  const grown = (metric: string, window: string): string =>
    `sum by (cluster, job) (increase(${metric}{${job}}[${window}]))`;
  return [
    {
      alert: 'LogsCanaryMissesLines',
      // It writes one a second, and asks twice before it calls one missing: five of half an hour are no coincidence.
      expr: `${grown('loki_canary_missing_entries_total', '30m')} > 5`,
      for: '5m',
      severity: 'critical',
      summary: 'The canary of {{ $labels.cluster }} misses {{ $value | humanize }} of its log lines of half an hour',
      description:
        'They were pushed, and are not found. Either pushes are refused, or an ingester lost what it had taken: then lines of tenants are lost, too.',
      runbook: 'canary-missing-data',
    },
    {
      alert: 'LogsCanaryForgetsLines',
      // Of each quarter of an hour it keeps a line that it sent, whether or not it was stored, and asks for it once a
      // minute for four hours. One that never came is one of up to 16; what was lost later is more than one.
      expr: [
        grown('loki_canary_spot_check_missing_entries_total', '1h'),
        `/ ${grown('loki_canary_spot_check_entries_total', '1h')} > 0.1`,
        `and ${grown('loki_canary_spot_check_missing_entries_total', '1h')} > 70`,
      ].join(' '),
      for: '5m',
      severity: 'critical',
      summary:
        'The canary of {{ $labels.cluster }} does not find {{ $value | humanizePercentage }} of its log lines of the last hours',
      description:
        'Lines that it pushed minutes or hours ago are not there when it asks for them again: they were never taken, chunks were not flushed, or index and chunks in the bucket do not fit. What else is of that time may be gone.',
      runbook: 'canary-missing-data',
    },
    {
      alert: 'LogsCanaryUnanswered',
      // What does not come by the tail, and cannot be asked for either, is never called missing.
      expr: `${grown('loki_canary_websocket_missing_entries_total', '15m')} / ${grown('loki_canary_entries_total', '15m')} > 0.5`,
      for: '15m',
      severity: 'warning',
      summary:
        'The canary of {{ $labels.cluster }} sees {{ $value | humanizePercentage }} of its log lines late or never',
      description:
        'They do not come by the live tail: it is cut at the gateway, or queriers cannot be reached. Where queries fail as well, this is all that the canary can tell.',
      runbook: 'canary-missing-data',
    },
    {
      alert: 'LogsCanarySlow',
      expr: `histogram_quantile(0.99, sum by (cluster, job, le) (rate(loki_canary_response_latency_seconds_bucket{${job}}[15m]))) > 10`,
      for: '15m',
      severity: 'warning',
      summary: 'Log lines of the canary of {{ $labels.cluster }} are seen after {{ $value | humanizeDuration }}',
      description:
        'From the push to the tail it takes seconds at most: distributors or ingesters are slow, or wait for their disks.',
      runbook: 'canary-missing-data',
    },
  ];
}

function ofMetrics(job: string): readonly Alert[] {
  const part = (of: string, all: string): string => {
    const rate = (metric: string): string =>
      `sum by (cluster, job) (rate(mimir_continuous_test_${metric}{${job}}[15m]))`;
    return `${rate(of)} / ${rate(all)}`;
  };
  return [
    {
      alert: 'MetricsCanaryCannotWrite',
      // It writes once a minute: two of fifteen are more than a pod that is replaced.
      expr: `${part('writes_failed_total', 'writes_total')} > 0.1`,
      for: '15m',
      severity: 'critical',
      summary: '{{ $value | humanizePercentage }} of the writes of the canary of {{ $labels.cluster }} to Mimir fail',
      description:
        'What the front door or Mimir refuses it, it refuses others. Senders keep what they have for a while.',
      runbook: 'writes-failing',
    },
    {
      alert: 'MetricsCanaryCannotQuery',
      expr: `${part('queries_failed_total', 'queries_total')} > 0.1`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the queries of the canary of {{ $labels.cluster }} to Mimir fail',
      description: 'Dashboards and rules of tenants get the same errors.',
      runbook: 'queries-failing',
    },
    {
      alert: 'MetricsCanaryFindsOther',
      expr: `sum by (cluster, job) (increase(mimir_continuous_test_query_result_checks_failed_total{${job}}[30m])) > 0`,
      for: '5m',
      severity: 'critical',
      summary: 'The canary of {{ $labels.cluster }} finds other samples in Mimir than it wrote',
      description:
        'Samples are missing, or there are others: ingesters lost some, blocks are not found, or two canaries write the same series. What tenants see may be wrong as well.',
      runbook: 'canary-missing-data',
    },
  ];
}
