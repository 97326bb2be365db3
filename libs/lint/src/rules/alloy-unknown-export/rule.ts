import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-unknown-export',
    family: 'alloy',
    severity: 'error',
    description: 'A reference names an export that the component does not have.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/expressions/referencing_exports/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-unknown-export'),
};
