import type { Alert } from '../../types.ts';

const ERRORS = 'tempo_vulture_trace_error_total';

/** Every question that did not find its trace counts among the errors of the program, too; those of metrics do not. */
const OF_QUESTIONS = 'requestfailed|notfound_byid|notfound_search|notfound_traceql|notfound_search_attribute';

/** The canary of traces tells its errors apart by a label, and what it could not write by none. */
export function ofTraces(job: string): readonly Alert[] {
  const grown = (metric: string, window: string, errors?: string): string =>
    `sum by (cluster, job) (increase(${metric}{${job}${errors === undefined ? '' : `, error=~"${errors}"`}}[${window}]))`;
  return [
    {
      alert: 'TracesCanaryMissesTraces',
      // It asks for one twice a minute: what a store that was away for two minutes missed, it meets less often.
      expr: `${grown(ERRORS, '30m', 'notfound_byid|missingspans|incorrectresult')} > 5`,
      for: '5m',
      severity: 'critical',
      summary:
        'The canary of {{ $labels.cluster }} misses traces, or spans of them, at {{ $value | humanize }} questions of half an hour',
      description:
        'They were pushed, and by their id they are not found, or not whole. Either pushes are refused, or Tempo lost what it had taken: then traces of tenants are lost, too.',
      runbook: 'canary-missing-data',
    },
    {
      alert: 'TracesCanaryCannotFind',
      // Two searches and a query of metrics a minute.
      expr: `${grown(ERRORS, '30m', 'notfound_search|notfound_traceql|notfound_metrics|incorrect_metrics_result|inaccurate_metrics')} > 9`,
      for: '5m',
      severity: 'warning',
      summary:
        'The canary of {{ $labels.cluster }} does not find its traces by search or by metrics, {{ $value | humanize }} times in half an hour',
      description:
        'Where they are found by id, nothing is lost: what searches is behind, or does not see all blocks. Where they are not, another alert says so.',
      runbook: 'canary-missing-data',
    },
    {
      alert: 'TracesCanaryCannotWrite',
      // Sixty traces in that time: six are more than a pod that is replaced.
      expr: `${grown('tempo_vulture_error_total', '15m')} - ${grown(ERRORS, '15m', OF_QUESTIONS)} > 6`,
      for: '15m',
      severity: 'critical',
      summary:
        'The canary of {{ $labels.cluster }} cannot write {{ $value | humanize }} of its 60 traces of a quarter of an hour',
      description:
        'What the front door or Tempo refuses it over gRPC, it refuses others. Senders keep what they have for a while.',
      runbook: 'writes-failing',
    },
    {
      alert: 'TracesCanaryCannotQuery',
      expr: `${grown(ERRORS, '15m', 'requestfailed')} / ${grown('tempo_vulture_trace_total', '15m')} > 0.1`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $value | humanizePercentage }} of the queries of the canary of {{ $labels.cluster }} to Tempo fail',
      description: 'Who looks for traces gets the same errors.',
      runbook: 'queries-failing',
    },
  ];
}
