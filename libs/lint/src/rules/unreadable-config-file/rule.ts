import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { isRuleFile } from '../../view/rule-files.ts';

export const rule: Rule = {
  meta: {
    id: 'unreadable-config-file',
    family: 'gitops',
    severity: 'error',
    description: 'A configuration file cannot be read.',
    why: 'The program that reads it refuses to start, and no rule can look into it.',
    source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  },
  *cluster(cluster) {
    for (const config of cluster.configs) {
      // Files of rules have a rule of their own, which says more.
      if (config.fault === undefined || isRuleFile(config)) continue;
      const { message, at } = config.fault;
      yield {
        place: inText(config, { start: at, end: at + 1 }),
        message: `\`${config.key}\` cannot be read: ${message}`,
      };
    }
  },
};
