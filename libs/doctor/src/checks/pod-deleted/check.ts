import { describe } from '../../commands.ts';
import { onPod } from '../../containers.ts';
import { eventsIn, timeOf } from '../../events.ts';
import { isReady } from '../../pods.ts';
import { lastChanged, ROLLOUT_MS } from '../../rollouts.ts';
import { ago } from '../../times.ts';
import type { Check, Found } from '../../types.ts';

const RECENT_MS = 5 * 60_000;

/** A pod that somebody deleted, or that was evicted: its controller has made another of the same template. */
export const check: Check = {
  id: 'pod-deleted',
  layer: 'pod',
  runbook: 'workload-unavailable',
  find: (view) =>
    view.workloads.flatMap((workload): readonly Found[] => {
      const { kind, namespace, name } = workload;
      const live = view.find(kind, namespace, name);
      if (live === undefined || kind === 'Job') return [];
      const stops = eventsIn(view, namespace).filter(({ reason }) => reason === 'Killing');
      const pods = view.podsOf(workload);
      const templates = new Set(pods.map(({ metadata }) => templateOf(metadata.name, kind)));
      const many = kind === 'Deployment' && templates.size > 1;
      return pods.flatMap((pod): readonly Found[] => {
        const template = templateOf(pod.metadata.name, kind);
        const made = Date.parse(pod.metadata.creationTimestamp ?? '');
        const going = pod.metadata.deletionTimestamp !== undefined;
        const stop = stops.find(
          (event) =>
            templateOf(event.involvedObject.name ?? '', kind) === template &&
            Math.abs(made - timeOf(event)) < RECENT_MS,
        );
        const anew = stop !== undefined && view.now - made < RECENT_MS;
        const stopped = stop === undefined ? view.now : timeOf(stop);
        const rollout = many || stopped - lastChanged(live) < ROLLOUT_MS;
        // An autoscaler lets pods go as it likes.
        const fewer = going && workload.workload.maxReplicas !== undefined;
        if (rollout || fewer || (!going && !anew)) return [];
        return [
          {
            ...onPod(pod),
            severity: isReady(pod) ? 'warning' : 'error',
            what: going
              ? `pod ${pod.metadata.name} is being deleted`
              : `pod ${pod.metadata.name} is new: the one before it was deleted`,
            why: [
              ...(stop === undefined
                ? []
                : [`${stop.involvedObject.name ?? ''} was stopped ${ago(view.now - timeOf(stop))} ago`]),
              `${kind} ${name} was not changed lately, so this is no rollout`,
            ],
            next: describe('Pod', namespace, pod.metadata.name),
          },
        ];
      });
    }),
};

/** Pods of a StatefulSet keep their name, those of a Deployment the hash of their template. */
function templateOf(pod: string, kind: string): string {
  return kind === 'StatefulSet' ? pod : pod.replace(/-[a-z0-9]{5}$/, '');
}
