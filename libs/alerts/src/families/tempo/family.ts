import type { Plan } from '@lgtm-fleet/plan';
import { down, failing, overridesRefused, slow } from '../../requests.ts';
import { queues } from '../../queues.ts';
import { spansReceived, spansRefused } from '../../spans.ts';
import type { Alert, RuleFamily } from '../../types.ts';
import { blocks } from './blocks.ts';
import { generator } from './generator.ts';
import { writes } from './writes.ts';

/** Tempo itself, but for its rings, caches and what it reads from Kafka, which have families of their own. */
export const tempo: RuleFamily = {
  name: 'tempo',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    plan.tempo === undefined
      ? []
      : [
          {
            name: 'tempo-requests',
            rules: [
              ...down(plan, 'tempo'),
              refused(plan),
              failing(plan, 'tempo', 'queries'),
              slow(plan, 'tempo', 'queries', {
                seconds: 30,
                because: 'That is how long Grafana waits for an answer: past it, a search shows nothing.',
              }),
              overridesRefused(plan, 'tempo', 'tempo'),
            ],
          },
          { name: 'tempo-writes', rules: writes(plan) },
          { name: 'tempo-blocks', rules: blocks(plan) },
          { name: 'tempo-metrics-generator', rules: generator(plan) },
          { name: 'tempo-reads', rules: queues(plan, 'tempo') },
        ],
};

function refused(plan: Plan): Alert {
  return {
    alert: 'TempoWritesFailing',
    // A tenth, as of the other stores; less is left to the budget.
    expr: `${spansRefused(plan, '5m')} / ${spansReceived(plan, '5m')} > 0.1`,
    for: '5m',
    severity: 'critical',
    summary: 'Tempo: {{ $value | humanizePercentage }} of spans are refused in {{ $labels.cluster }}',
    description:
      'Tempo refuses spans for a fault of its own. Collectors keep them and try again; what they cannot keep is lost, and traces have holes.',
    runbook: 'writes-failing',
  };
}
