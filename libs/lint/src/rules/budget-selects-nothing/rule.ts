import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { budgetsOf } from '../../view/budgets.ts';

export const rule: Rule = {
  meta: {
    id: 'budget-selects-nothing',
    family: 'rings',
    severity: 'warning',
    description: 'A disruption budget selects no pod.',
    why: 'It looks like protection and is none: the pods that it was meant for can all be evicted at once.',
    source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  },
  *cluster(cluster) {
    for (const { manifest, workloads } of budgetsOf(cluster)) {
      if (workloads.length > 0) continue;
      yield {
        place: inManifest(manifest, 'spec', 'selector'),
        message: `the selector of the budget \`${manifest.name}\` takes no pod of the namespace \`${manifest.namespace}\``,
        help: 'write the labels of the pods, or remove the budget',
      };
    }
  },
};
