import { plannedJobs } from '../../jobs.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'target-down',
  layer: 'path',
  runbook: 'scrape-failing',
  find: (view) => {
    const planned = new Map(plannedJobs(view).map((one) => [one.job, one]));
    return (view.facts.jobs ?? [])
      .filter(({ job, up, targets }) => planned.has(job) && up < targets)
      .map(({ job, up, targets, tenant }) => ({
        severity: 'warning',
        what: `${targets - up} of ${targets} targets of ${job} cannot be scraped`,
        where: `tenant ${tenant}`,
        why: ['`up` was 0 in the last minutes'],
        next: `kubectl --namespace=${job.split('/')[0] ?? ''} get pods`,
        about: [planned.get(job)?.about ?? job, 'alloy'],
      }));
  },
};
