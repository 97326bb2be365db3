import type { Rule } from '../../types.ts';
import { queryReports } from '../../view/query-faults.ts';

export const rule: Rule = {
  meta: {
    id: 'invalid-query-selector',
    family: 'queries',
    severity: 'error',
    description: 'A selector of a query takes everything, or by a pattern that is none.',
    why: 'The store refuses the query: what takes every series or stream is never allowed, and an invalid pattern matches nothing.',
    source: 'https://prometheus.io/docs/prometheus/latest/querying/basics/#time-series-selectors',
  },
  cluster: (cluster) => queryReports(cluster, 'selector'),
};
