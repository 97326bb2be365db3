import { checkRunbooks } from '@lgtm-fleet/queries';
import type { Rule } from '../../types.ts';
import { ruleSources } from '../../view/rule-files.ts';

export const rule: Rule = {
  meta: {
    id: 'alert-without-runbook',
    family: 'queries',
    severity: 'warning',
    description: 'An alert does not say where it is written what to do.',
    why: 'Whoever is woken by it starts from nothing, at night, while it burns.',
    source: 'https://sre.google/workbook/on-call/',
  },
  *cluster(cluster) {
    for (const { rules, at } of ruleSources(cluster)) {
      for (const { span, message, help } of checkRunbooks(rules))
        yield { place: at(span), message, ...(help !== undefined && { help }) };
    }
  },
};
