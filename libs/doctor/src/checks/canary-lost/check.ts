import { brief } from '../../containers.ts';
import { TIME } from '../../subjects.ts';
import type { Check } from '../../types.ts';
import { storeOf } from '../../routes.ts';

/** What the doctor itself sent did not come the whole way. */
export const check: Check = {
  id: 'canary-lost',
  layer: 'path',
  runbook: 'canary-missing-data',
  find: ({ plan, facts }) => {
    const { canary } = facts;
    return (canary?.steps ?? [])
      .filter(({ ok, step }) => !ok && !step.includes(' to '))
      .map(({ step, signal, detail, seconds }) => ({
        severity: 'error',
        what: `the canary of ${signal} fails at: ${step}`,
        where: `tenant ${canary?.tenant ?? ''}`,
        why: [brief(detail), `after ${seconds.toFixed(1)} s`],
        next: `nx run tools:doctor --cluster=${plan.cluster} --send-canary`,
        about: ['gateway', storeOf(plan, signal), TIME],
      }));
  },
};
