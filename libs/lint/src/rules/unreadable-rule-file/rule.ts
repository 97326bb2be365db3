import type { Rule } from '../../types.ts';
import { ruleSources } from '../../view/rule-files.ts';

export const rule: Rule = {
  meta: {
    id: 'unreadable-rule-file',
    family: 'queries',
    severity: 'error',
    description: 'A file of rules, or a rule in it, cannot be read.',
    why: 'The ruler refuses the whole file, with every alert in it.',
    source: 'https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/',
  },
  *cluster(cluster) {
    for (const { faults, at } of ruleSources(cluster)) {
      for (const { span, message, help } of faults)
        yield { place: at(span), message, ...(help !== undefined && { help }) };
    }
  },
};
