import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-missing-argument',
    family: 'alloy',
    severity: 'error',
    description: 'A component lacks an argument or a block that it needs.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/reference/components/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-missing-argument'),
};
