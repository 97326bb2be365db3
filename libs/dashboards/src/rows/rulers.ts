import { graph } from '../panels/graph.ts';
import { promql } from '../queries.ts';
import type { Row } from '../types.ts';

/** Rules that a ruler evaluates, by tenant. */
export function rulersRow(prefix: 'loki' | 'cortex', selector: string): Row {
  const of = (name: string): string => `${prefix}_prometheus_${name}{${selector}}`;
  return {
    title: 'Rules',
    tiles: [
      graph(
        'Evaluations that failed',
        'percentunit',
        [
          promql(
            `sum by (user) (rate(${of('rule_evaluation_failures_total')}[$__rate_interval])) / sum by (user) (rate(${of('rule_evaluations_total')}[$__rate_interval]))`,
            '{{user}}',
          ),
        ],
        { thresholds: [{ at: 0.01, color: 'red' }], runbook: 'ruler-failing' },
      ),
      graph(
        'Evaluations missed',
        'cps',
        [promql(`sum by (user) (rate(${of('rule_group_iterations_missed_total')}[$__rate_interval]))`, '{{user}}')],
        {
          description: 'A group that takes longer than its interval leaves out what it cannot do; its alerts are late.',
          runbook: 'ruler-failing',
        },
      ),
      graph(
        'How long the slowest group takes',
        's',
        [promql(`max by (user) (${of('rule_group_last_duration_seconds')})`, '{{user}}')],
        {
          thresholds: [{ at: 60, color: 'orange' }],
          description: 'Groups run every minute unless they say otherwise.',
        },
      ),
    ],
  };
}
