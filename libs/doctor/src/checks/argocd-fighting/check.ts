import { applicationsOf } from '../../applications.ts';
import { listAt, numberAt, textAt } from '../../records.ts';
import type { Check } from '../../types.ts';

const WINDOW_MS = 15 * 60_000;
/** Commits of one quarter of an hour are fewer. */
const MANY = 5;

/** Somebody else writes what Argo CD writes back. */
export const check: Check = {
  id: 'argocd-fighting',
  layer: 'inputs',
  runbook: 'argocd-fighting',
  find: (view) =>
    applicationsOf(view).flatMap(({ planned, live, found }) => {
      const syncs = listAt(live, 'status', 'history').filter(
        (one) => view.now - Date.parse(textAt(one, 'deployedAt') ?? '') < WINDOW_MS,
      ).length;
      const heals = numberAt(live, 'status', 'operationState', 'operation', 'sync', 'autoHealAttemptsCount') ?? 0;
      if (syncs < MANY && heals < MANY) return [];
      return [
        {
          ...found,
          severity: 'error' as const,
          what: `Argo CD and somebody else change ${planned.metadata.name} in turn`,
          why: [`${syncs} syncs within a quarter of an hour, ${heals} attempts to heal`],
        },
      ];
    }),
};
