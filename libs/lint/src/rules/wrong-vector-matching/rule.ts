import type { Rule } from '../../types.ts';
import { queryReports } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'wrong-vector-matching',
    family: 'queries',
    severity: 'error',
    description: 'Two sides of an operator are matched in a way that is not possible.',
    why: 'The store refuses the query: a rule is never evaluated, a panel never shows anything.',
    source: 'https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching',
  },
  cluster: (cluster) => queryReports(cluster, 'matching'),
};
