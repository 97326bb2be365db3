import { applicationsOf } from '../../applications.ts';
import { listAt, textAt } from '../../records.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'application-out-of-sync',
  layer: 'workload',
  runbook: 'argocd-out-of-sync',
  find: (view) =>
    applicationsOf(view).flatMap(({ planned, live, found }) => {
      const status = live?.status?.sync?.status;
      // While it syncs, it is on its way.
      if (status === undefined || status === 'Synced' || live?.status?.operationState?.phase === 'Running') return [];
      const objects = listAt(live, 'status', 'resources')
        .filter((one) => textAt(one, 'status') === 'OutOfSync')
        .map((one) => `${textAt(one, 'kind') ?? ''} ${textAt(one, 'name') ?? ''}`);
      return [
        {
          ...found,
          severity: 'error' as const,
          what: `Application ${planned.metadata.name} is ${status}`,
          why: objects.length === 0 ? ['Argo CD names no object'] : [`out of sync: ${objects.slice(0, 5).join(', ')}`],
        },
      ];
    }),
};
