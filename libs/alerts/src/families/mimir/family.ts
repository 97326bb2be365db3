import { down, failing, overridesRefused, slow } from '../../requests.ts';
import { queues } from '../../queues.ts';
import type { RuleFamily } from '../../types.ts';
import { discarded } from './discarded.ts';
import { ingesters } from './ingesters.ts';
import { reads } from './reads.ts';
import { series } from './series.ts';

/** Mimir itself, but for its rings, compaction, rules and caches, which have families of their own. */
export const mimir: RuleFamily = {
  name: 'mimir',
  audience: 'stack',
  evaluators: ['metrics', 'meta'],
  groups: (plan) =>
    plan.mimir === undefined
      ? []
      : [
          {
            name: 'mimir-requests',
            rules: [
              ...down(plan, 'mimir'),
              failing(plan, 'mimir', 'writes'),
              failing(plan, 'mimir', 'queries'),
              slow(plan, 'mimir', 'writes', {
                seconds: 2,
                because:
                  'That is how long a distributor waits for an ingester: past it, writes fail. An ingester is busy, or its disk is slow.',
              }),
              slow(plan, 'mimir', 'queries', {
                seconds: 30,
                because: 'That is how long Grafana waits for an answer: past it, panels stay empty.',
              }),
              overridesRefused(plan, 'mimir', 'cortex'),
            ],
          },
          { name: 'mimir-discarded', rules: discarded(plan) },
          { name: 'mimir-series', rules: series(plan) },
          { name: 'mimir-ingesters', rules: ingesters(plan) },
          { name: 'mimir-reads', rules: [...reads(plan), ...queues(plan, 'mimir')] },
        ],
};
