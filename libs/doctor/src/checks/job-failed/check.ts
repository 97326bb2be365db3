import type { Condition } from '@lgtm-fleet/bootstrap';
import { describe } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { listAt } from '../../records.ts';
import { subjectOf } from '../../subjects.ts';
import type { Check } from '../../types.ts';
import { brief } from '../../containers.ts';

export const check: Check = {
  id: 'job-failed',
  layer: 'workload',
  runbook: 'job-failed',
  find: (view) =>
    (view.live('Job') ?? []).flatMap((job) => {
      const failed = (listAt(job, 'status', 'conditions') as readonly Condition[]).find(
        ({ type, status }) => type === 'Failed' && status === 'True',
      );
      if (failed === undefined) return [];
      const { namespace, name } = job.metadata;
      return [
        {
          severity: 'error',
          what: `Job ${name} has failed`,
          where: placeOf('Job', namespace, name),
          why: [brief(failed.message ?? failed.reason ?? 'it gives no reason')],
          next: describe('Job', namespace, name),
          about: [subjectOf(job)],
        },
      ];
    }),
};
