import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-unknown-component',
    family: 'alloy',
    severity: 'error',
    description: 'A configuration names a component that Alloy does not have.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/reference/components/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-unknown-component'),
};
