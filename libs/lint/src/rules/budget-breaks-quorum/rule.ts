import type { Manifest } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { budgetsOf } from '../../view/budgets.ts';
import { quorumsOf } from '../../view/quorums.ts';

export const rule: Rule = {
  meta: {
    id: 'budget-breaks-quorum',
    family: 'rings',
    severity: 'error',
    description: 'Disruption budgets let more members be evicted at once than the others can stand in for.',
    why: 'Drains of two nodes, as in any upgrade of the cluster, take two of three copies away together: writes fail, and recent data cannot be read.',
    source: 'https://github.com/grafana/mimir/issues/9908',
  },
  *cluster(cluster) {
    const budgets = budgetsOf(cluster);
    const said = new Set<Manifest>();
    for (const { name, workloads, spare, reason } of quorumsOf(cluster)) {
      // None to spare is a fault of the ring: a budget of none would only block drains.
      const most = Math.max(spare, 1);
      const own = budgets.filter((budget) => budget.workloads.some((workload) => workloads.includes(workload)));
      const together = own.reduce((sum, { evictions, pods }) => sum + Math.min(evictions ?? 0, pods), 0);
      if (together <= most) continue;
      const alone = own.filter(({ evictions }) => (evictions ?? 0) > most);
      for (const { manifest, path } of alone.length > 0 ? alone : own.slice(1)) {
        const others = alone.length > 0 || own.length < 2 ? '' : ` together with \`${own[0]?.manifest.name ?? ''}\``;
        // One process may be a member of several rings.
        if (said.has(manifest)) continue;
        said.add(manifest);
        yield {
          place: inManifest(manifest, ...path),
          message: `\`${manifest.name}\`${others} lets ${String(together)} of ${name} be evicted at once, but ${reason}`,
          label: `at most ${String(most)} in all`,
          help: 'have one budget over the whole ring, zones and all, with `maxUnavailable: 1`',
        };
      }
    }
  },
};
