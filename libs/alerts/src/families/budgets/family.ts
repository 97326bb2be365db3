import type { Plan } from '@lgtm-fleet/plan';
import type { RuleFamily, RuleGroup } from '../../types.ts';
import { burning } from './burning.ts';
import { type Objective, OBJECTIVES } from './objectives.ts';
import { ratios } from './ratios.ts';
import { requests } from './requests.ts';

/**
 * Budgets of errors, for what comes in and what is asked, of each store. Not for the Prometheus that watches: it keeps
 * too little to look back over three days, and tells of a store that is gone in other ways.
 */
export const budgets: RuleFamily = {
  name: 'budgets',
  audience: 'stack',
  evaluators: ['metrics'],
  groups: (plan) => [
    ...OBJECTIVES.filter(({ store }) => plan[store.name] !== undefined).map((objective) => budget(plan, objective)),
    ...requests(plan),
  ],
};

/** Rules of a group run one after another: those that look back see what the first have just written. */
function budget(plan: Plan, objective: Objective): RuleGroup {
  return {
    name: `${objective.store.name}-${objective.side}-budget`,
    interval: '1m',
    rules: [...ratios(plan, objective), ...burning(objective)],
  };
}
