import type { Rule } from '../../types.ts';
import { queryReports } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'misleading-query',
    family: 'queries',
    severity: 'warning',
    description: 'A query runs, and means something else than it seems to.',
    why: 'An alert that can never fire, or a graph that shows what never was, is worse than none: it is believed.',
    source: 'https://prometheus.io/docs/practices/rules/',
  },
  cluster: (cluster) => queryReports(cluster, 'misleading'),
};
