import { listed, say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, selectedBy } from '@lgtm-fleet/manifests';
import { subjectOf } from '../../view/stateful.ts';

export const disruptionBudgetRemoved: DangerClass = {
  meta: {
    id: 'disruption-budget-removed',
    danger: 'D14',
    effect: 'downtime',
    blocks: false,
    description: 'A PodDisruptionBudget disappears while its pods stay.',
    why: 'A drain of nodes may then take all pods of a ring at once.',
    source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/; grafana/mimir#9908',
  },
  *find({ after, changes }) {
    const budgets = after.ofKind('PodDisruptionBudget');
    for (const change of changes) {
      const { before } = change;
      if (before?.kind !== 'PodDisruptionBudget' || change.action !== 'removed' || change.orphaned) continue;
      const pods = selectedBy(get(before.body, 'spec', 'selector'), before.namespace, after.workloads).filter(
        (workload) =>
          (workload.replicas ?? 1) > 1 &&
          !budgets.some(
            (budget) => selectedBy(get(budget.body, 'spec', 'selector'), budget.namespace, [workload]).length > 0,
          ),
      );
      if (pods.length === 0) continue;
      yield {
        subject: subjectOf(change),
        message: say`no PodDisruptionBudget covers ${listed(pods.map(({ name }) => name))} any more`,
        consequence: say`a drain of nodes may stop all of its pods at once: nothing is written or read until some are back`,
        changes: [change],
      };
    }
  },
};
