import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-wrong-kind',
    family: 'alloy',
    severity: 'error',
    description: 'Telemetry of one kind is sent to what takes another.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/components/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-wrong-kind'),
};
