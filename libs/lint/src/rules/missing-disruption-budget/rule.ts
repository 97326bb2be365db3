import { get, selectedBy } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { quorumsOf } from '../../view/quorums.ts';

export const rule: Rule = {
  meta: {
    id: 'missing-disruption-budget',
    family: 'rings',
    severity: 'warning',
    description: 'Members that may not be away together have no disruption budget.',
    why: 'Nothing keeps two drains, or a cluster autoscaler, from evicting a quorum at once.',
    source: 'https://github.com/grafana/mimir/issues/9908',
  },
  *cluster(cluster) {
    const budgets = ['PodDisruptionBudget', 'ZoneAwarePodDisruptionBudget'].flatMap(cluster.ofKind);
    const held = new Set(
      budgets.flatMap(({ body, namespace }) => selectedBy(get(body, 'spec', 'selector'), namespace, cluster.workloads)),
    );
    for (const { name, workloads, reason } of quorumsOf(cluster)) {
      for (const workload of workloads) {
        if (held.has(workload)) continue;
        // One process may be a member of several rings.
        held.add(workload);
        yield {
          // A budget would have to say the same.
          place: inManifest(workload.manifest, 'spec', 'selector'),
          message: `no PodDisruptionBudget holds \`${workload.name}\`, one of ${name}`,
          label: reason,
          help: 'add one over the whole ring with `maxUnavailable: 1`',
        };
      }
    }
  },
};
