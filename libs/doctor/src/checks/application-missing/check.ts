import { applicationsOf } from '../../applications.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'application-missing',
  layer: 'inputs',
  runbook: 'argocd-out-of-sync',
  find: (view) =>
    applicationsOf(view)
      .filter(({ live }) => live === undefined)
      .map(({ planned, found }) => ({
        ...found,
        severity: 'error',
        what: `Application ${planned.metadata.name} is not there`,
        why: ['nobody keeps its objects as git says'],
        next: `kubectl --namespace=argocd get application ${view.plan.cluster}`,
      })),
};
