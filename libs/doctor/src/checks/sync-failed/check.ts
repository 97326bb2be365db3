import { explainApplication } from '@lgtm-fleet/bootstrap';
import { applicationsOf } from '../../applications.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'sync-failed',
  layer: 'inputs',
  runbook: 'argocd-stuck',
  find: (view) =>
    applicationsOf(view).flatMap(({ planned, live, found }) =>
      (live === undefined ? [] : explainApplication(live)).map(({ message, help }) => ({
        ...found,
        severity: 'error' as const,
        what: `Argo CD cannot sync ${planned.metadata.name}`,
        why: [message, help],
      })),
    ),
};
