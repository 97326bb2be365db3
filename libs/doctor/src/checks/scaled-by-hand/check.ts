import { scale } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { numberAt } from '../../records.ts';
import { wantedReplicas } from '../../scale.ts';
import type { Check, Found } from '../../types.ts';

export const check: Check = {
  id: 'scaled-by-hand',
  layer: 'inputs',
  runbook: 'workload-unavailable',
  find: (view) =>
    view.workloads.flatMap((one): readonly Found[] => {
      const { kind, namespace, name, workload } = one;
      if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
      const live = numberAt(view.find(kind, namespace, name), 'spec', 'replicas');
      // An autoscaler has the replicas between its two numbers.
      const [least, most] = [wantedReplicas(view, one), workload.maxReplicas];
      if (live === undefined || (live >= Math.min(least, workload.replicas) && live <= (most ?? least))) return [];
      return [
        {
          severity: live < least ? 'error' : 'warning',
          what: `${kind} ${name} is scaled to ${live}, and git says ${most === undefined ? least : `${workload.replicas} to ${most}`}`,
          where: placeOf(kind, namespace, name),
          why: ['somebody, or something that is not in git, has changed spec.replicas'],
          next: scale(one, least),
          about: [one.subject],
          ...(workload.role === 'compactor' && { runbook: 'compactor-stuck' as const }),
        },
      ];
    }),
};
