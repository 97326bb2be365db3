import { applicationsOf } from '../../applications.ts';
import { textAt } from '../../records.ts';
import { ago } from '../../times.ts';
import type { Check } from '../../types.ts';

/** A store that replays its log takes some minutes; a wave that has not ended after this waits for somebody. */
const LONG_MS = 20 * 60_000;

export const check: Check = {
  id: 'sync-stuck',
  layer: 'workload',
  runbook: 'argocd-stuck',
  find: (view) =>
    applicationsOf(view).flatMap(({ planned, live, found }) => {
      const operation = live?.status?.operationState;
      const since = view.now - Date.parse(textAt(operation, 'startedAt') ?? '');
      if (operation?.phase !== 'Running' || !(since > LONG_MS)) return [];
      return [
        {
          ...found,
          severity: 'error' as const,
          what: `the sync of ${planned.metadata.name} does not end`,
          why: [`it began ${ago(since)} ago`, ...(operation.message === undefined ? [] : [operation.message])],
        },
      ];
    }),
};
