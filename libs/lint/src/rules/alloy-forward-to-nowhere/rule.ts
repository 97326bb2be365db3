import type { Rule } from '../../types.ts';
import { wiringReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-forward-to-nowhere',
    family: 'alloy',
    severity: 'error',
    description: 'What a component collects goes nowhere.',
    why: 'It works, and all that it does is thrown away: the telemetry is missing, and nothing says so.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/components/',
  },
  cluster: (cluster) => wiringReports(cluster, 'alloy-forward-to-nowhere'),
};
