import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { budgetsOf } from '../../view/budgets.ts';

export const rule: Rule = {
  meta: {
    id: 'budget-blocks-drain',
    family: 'rings',
    severity: 'warning',
    description: 'A disruption budget lets no pod be evicted.',
    why: 'The node under such a pod cannot be drained: upgrades of the cluster wait until somebody deletes the budget or the pod by hand.',
    source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  },
  *cluster(cluster) {
    for (const { manifest, workloads, pods, evictions, path } of budgetsOf(cluster)) {
      if (workloads.length === 0 || pods === 0 || evictions === undefined || evictions > 0) continue;
      yield {
        place: inManifest(manifest, ...path),
        message: `the budget \`${manifest.name}\` lets ${pods === 1 ? 'the one pod that it holds' : `none of ${String(pods)} pods`} be evicted`,
        help: 'set `maxUnavailable: 1`; for a single pod that holds its work, leave the budget out',
        ...(path.at(-1) === 'maxUnavailable' && { remedy: { safe: true, value: 1 } }),
      };
    }
  },
};
