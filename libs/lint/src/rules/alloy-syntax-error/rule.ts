import type { Rule } from '../../types.ts';
import { syntaxReports } from '../../view/alloy-configs.ts';

export const rule: Rule = {
  meta: {
    id: 'alloy-syntax-error',
    family: 'alloy',
    severity: 'error',
    description: 'A configuration of Alloy cannot be read.',
    why: 'Alloy refuses the whole configuration: at start it ends, and when it runs it goes on with the old one.',
    source: 'https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/',
  },
  cluster: syntaxReports,
};
