import { brief } from '../../containers.ts';
import type { Check } from '../../types.ts';
import { storeOf } from '../../routes.ts';

/** Each signal is there, and the way from one to the other is not. */
export const check: Check = {
  id: 'correlation-broken',
  layer: 'path',
  runbook: 'grafana-data-source-failing',
  find: ({ plan, facts }) => {
    const { canary } = facts;
    return (canary?.steps ?? [])
      .filter(({ ok, step }) => !ok && step.includes(' to '))
      .map(({ step, signal, detail }) => ({
        severity: 'error',
        what: `the way from ${step} is broken`,
        where: `tenant ${canary?.tenant ?? ''}`,
        why: [brief(detail)],
        next: `nx run tools:doctor --cluster=${plan.cluster} --send-canary`,
        about: ['gateway', storeOf(plan, signal)],
      }));
  },
};
