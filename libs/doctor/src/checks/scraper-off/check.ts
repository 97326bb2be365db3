import { get } from '../../commands.ts';
import { plannedJobs } from '../../jobs.ts';
import { TIME } from '../../subjects.ts';
import type { Check } from '../../types.ts';

/** Nobody scrapes what should be scraped: there is not even a series that says that it is down. */
export const check: Check = {
  id: 'scraper-off',
  layer: 'path',
  runbook: 'collector-down',
  find: (view) => {
    const { jobs } = view.facts;
    if (jobs === undefined) return [];
    const seen = new Set(jobs.map(({ job }) => job));
    const missing = plannedJobs(view).filter(({ job }) => !seen.has(job));
    if (missing.length === 0) return [];
    const names = missing.map(({ job }) => job);
    return [
      {
        severity: 'error',
        what: `nobody scrapes ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`,
        where: `tenant ${missing[0]?.tenant ?? ''}`,
        why: [`no sample of \`up\` in the last minutes for ${names.length} of ${plannedJobs(view).length} jobs`],
        next: get('pods', 'monitoring', '-l app.kubernetes.io/name=alloy'),
        about: [...new Set(['alloy', 'gateway', TIME, ...missing.map(({ about }) => about)])],
      },
    ];
  },
};
