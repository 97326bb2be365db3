import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-duplicate-component',
    family: 'alloy',
    severity: 'error',
    description: 'Two components have one name.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/components/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-duplicate-component'),
};
