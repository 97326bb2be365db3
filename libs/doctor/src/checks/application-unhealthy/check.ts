import { applicationsOf } from '../../applications.ts';
import { listAt, textAt } from '../../records.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'application-unhealthy',
  layer: 'workload',
  runbook: 'workload-unavailable',
  find: (view) =>
    applicationsOf(view).flatMap(({ planned, live, found }) => {
      const health = live?.status?.health;
      if (health?.status === undefined || ['Healthy', 'Progressing'].includes(health.status)) return [];
      const objects = listAt(live, 'status', 'resources')
        .filter((one) => !['Healthy', 'Progressing', undefined].includes(textAt(one, 'health', 'status')))
        .map(
          (one) =>
            `${textAt(one, 'kind') ?? ''} ${textAt(one, 'name') ?? ''} is ${textAt(one, 'health', 'status') ?? ''}`,
        );
      return [
        {
          ...found,
          severity: 'error' as const,
          what: `Application ${planned.metadata.name} is ${health.status}`,
          why: [...(health.message === undefined ? [] : [health.message]), ...objects.slice(0, 5)],
        },
      ];
    }),
};
