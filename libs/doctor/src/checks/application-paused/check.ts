import { applicationsOf } from '../../applications.ts';
import { at } from '../../records.ts';
import type { Check } from '../../types.ts';

const SKIP = 'argocd.argoproj.io/skip-reconcile';

/** Whatever is changed by hand stays changed, and commits do not arrive. */
export const check: Check = {
  id: 'application-paused',
  layer: 'inputs',
  runbook: 'argocd-out-of-sync',
  find: (view) =>
    applicationsOf(view).flatMap(({ planned, live, found }) => {
      if (live === undefined) return [];
      const wanted = at(planned, 'spec', 'syncPolicy', 'automated');
      const is = at(live, 'spec', 'syncPolicy', 'automated');
      const skipped = live.metadata.annotations?.[SKIP] === 'true';
      const off = is === undefined || at(is, 'enabled') === false;
      const healing = at(is, 'selfHeal') === true || at(wanted, 'selfHeal') !== true;
      if (!skipped && (wanted === undefined || (!off && healing))) return [];
      return [
        {
          ...found,
          severity: 'warning' as const,
          what: `Argo CD ${skipped ? 'skips' : off ? 'does not sync' : 'does not heal'} ${planned.metadata.name}`,
          why: [
            skipped
              ? `annotation ${SKIP} is on it`
              : `spec.syncPolicy.automated is ${is === undefined ? 'gone' : JSON.stringify(is)}; git says ${JSON.stringify(wanted)}`,
          ],
        },
      ];
    }),
};
