import type { Page } from '../../../types.ts';
import { load } from './load.ts';
import { pods } from './pods.ts';
import { volumes } from './volumes.ts';
import { decisions } from './decisions.ts';

export const capacity: Page = {
  uid: 'lgtm-capacity',
  title: 'Capacity',
  description: 'What the plan was made for, and what there is: when to change the load in the spec.',
  folder: 'fleet',
  audience: 'stack',
  variables: () => [],
  rows: (plan) => [load(plan), pods(plan), volumes(plan), decisions(plan)],
};

/** The plan in percent of which something is used; past it the spec does not say what is. */

/** All that ask for metrics or logs; searches of traces are few beside them. */
