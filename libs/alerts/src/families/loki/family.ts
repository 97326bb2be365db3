import { down, failing, overridesRefused, slow } from '../../requests.ts';
import { queues } from '../../queues.ts';
import type { RuleFamily } from '../../types.ts';
import { discarded } from './discarded.ts';
import { index } from './index-files.ts';
import { ingesters } from './ingesters.ts';

/** Loki itself, but for its rings, compaction, rules and caches, which have families of their own. */
export const loki: RuleFamily = {
  name: 'loki',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    plan.loki === undefined
      ? []
      : [
          {
            name: 'loki-requests',
            rules: [
              ...down(plan, 'loki'),
              failing(plan, 'loki', 'writes'),
              failing(plan, 'loki', 'queries'),
              slow(plan, 'loki', 'writes', {
                seconds: 5,
                because:
                  'That is how long a distributor waits for an ingester: past it, writes fail. An ingester is busy, or its disk is slow.',
              }),
              slow(plan, 'loki', 'queries', {
                seconds: 30,
                because: 'That is how long Grafana waits for an answer: past it, panels stay empty.',
              }),
              overridesRefused(plan, 'loki', 'loki'),
            ],
          },
          { name: 'loki-discarded', rules: discarded(plan) },
          { name: 'loki-ingesters', rules: ingesters(plan) },
          { name: 'loki-reads', rules: [...index(plan), ...queues(plan, 'loki')] },
        ],
};
