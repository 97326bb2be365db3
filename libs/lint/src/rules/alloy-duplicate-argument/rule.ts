import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-duplicate-argument',
    family: 'alloy',
    severity: 'error',
    description: 'An argument is set twice, or a block that may stand once stands twice.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/syntax/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-duplicate-argument'),
};
