import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { budgetsOf } from '../../view/budgets.ts';

export const rule: Rule = {
  meta: {
    id: 'overlapping-budgets',
    family: 'rings',
    severity: 'error',
    description: 'Two disruption budgets select the same pods.',
    why: 'The API server refuses to evict a pod that more than one budget selects, so its node cannot be drained.',
    source: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',
  },
  *cluster(cluster) {
    const budgets = budgetsOf(cluster);
    for (const [index, { manifest, workloads }] of budgets.entries()) {
      const twice = workloads.find((workload) =>
        budgets.slice(0, index).some((budget) => budget.workloads.includes(workload)),
      );
      const other = budgets.find((budget) => twice !== undefined && budget.workloads.includes(twice));
      if (twice === undefined || other === undefined) continue;
      yield {
        place: inManifest(manifest, 'spec', 'selector'),
        message: `\`${manifest.name}\` and \`${other.manifest.name}\` both select the pods of \`${twice.name}\``,
        help: 'let one budget alone select them',
      };
    }
  },
};
