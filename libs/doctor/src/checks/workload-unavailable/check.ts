import { get } from '../../commands.ts';
import { placeOf } from '../../drift.ts';
import { numberAt } from '../../records.ts';
import { isRollingOut } from '../../rollouts.ts';
import { wantedReplicas } from '../../scale.ts';
import type { Check, Found } from '../../types.ts';
import { eventsOf } from '../../events.ts';
import { brief } from '../../containers.ts';

export const check: Check = {
  id: 'workload-unavailable',
  layer: 'workload',
  runbook: 'workload-unavailable',
  find: (view) =>
    view.workloads.flatMap((one): readonly Found[] => {
      const { kind, namespace, name, workload } = one;
      if (kind === 'Job') return [];
      const live = view.find(kind, namespace, name);
      if (live === undefined) return [];
      const daemon = kind === 'DaemonSet';
      const wanted = daemon ? (numberAt(live, 'status', 'desiredNumberScheduled') ?? 0) : wantedReplicas(view, one);
      const ready = numberAt(live, 'status', daemon ? 'numberReady' : 'readyReplicas') ?? 0;
      if (ready >= wanted) return [];
      const refused = eventsOf(view, kind, live).findLast(({ reason }) => reason === 'FailedCreate');
      return [
        {
          // While it replaces pods, some are not ready; for how long that may be, `isRollingOut` says.
          severity: ready > 0 && isRollingOut(live, view.now) ? 'warning' : 'error',
          what: `${kind} ${name} has ${ready} of ${wanted} pods ready`,
          where: placeOf(kind, namespace, name),
          why: [
            ...(refused === undefined ? [] : [`its pods cannot be made: ${brief(refused.message ?? '')}`]),
            ...view
              .podsOf(one)
              .slice(0, 5)
              .map(({ metadata, status }) => `${metadata.name} is ${status?.phase ?? 'not known'}`),
          ],
          next: get(
            'pods',
            namespace,
            `-l app.kubernetes.io/name=${workload.component},app.kubernetes.io/component=${workload.role}`,
          ),
          about: [one.subject],
        },
      ];
    }),
};
