import type { Rule } from '../../types.ts';
import { queryReports } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-query-function',
    family: 'queries',
    severity: 'error',
    description: 'A query calls a function that is not there, or with what it does not take.',
    why: 'The ruler refuses the whole file of rules, and a panel shows an error instead of a graph.',
    source: 'https://prometheus.io/docs/prometheus/latest/querying/functions/',
  },
  cluster: (cluster) => queryReports(cluster, 'function'),
};
