import type { Rule } from '../../types.ts';
import { queryReports } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'query-type-error',
    family: 'queries',
    severity: 'error',
    description:
      'A query puts together what does not go together: a range where numbers are taken, a number where series are.',
    why: 'The store refuses it whatever the data: a rule is never evaluated, a panel never shows anything.',
    source: 'https://prometheus.io/docs/prometheus/latest/querying/basics/#expression-language-data-types',
  },
  cluster: (cluster) => queryReports(cluster, 'type'),
};
