import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-dangling-reference',
    family: 'alloy',
    severity: 'error',
    description: 'A reference leads to a component that is not there.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/expressions/referencing_exports/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-dangling-reference'),
};
