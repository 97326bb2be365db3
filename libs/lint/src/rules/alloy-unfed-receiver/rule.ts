import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-unfed-receiver',
    family: 'alloy',
    severity: 'warning',
    description: 'A component takes telemetry from others, and none sends it any.',
    why: 'What should go through it goes elsewhere or nowhere: logs are not filtered, or a store gets nothing.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/components/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-unfed-receiver'),
};
