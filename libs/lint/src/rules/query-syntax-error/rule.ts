import type { Rule } from '../../types.ts';
import { queryReports } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'query-syntax-error',
    family: 'queries',
    severity: 'error',
    description: 'A query cannot be read.',
    why: 'The ruler refuses the whole file of rules, and a panel shows an error instead of a graph.',
    source: 'https://prometheus.io/docs/prometheus/latest/querying/basics/',
  },
  cluster: (cluster) => queryReports(cluster, 'syntax'),
};
