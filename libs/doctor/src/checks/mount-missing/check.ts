import { describe } from '../../commands.ts';
import { brief, onPod } from '../../containers.ts';
import { textAt } from '../../records.ts';
import type { Check } from '../../types.ts';
import { eventsOf } from '../../events.ts';

const REASONS = ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox'];

/** Before its containers a pod needs its volumes and its network. */
export const check: Check = {
  id: 'mount-missing',
  layer: 'pod',
  runbook: 'mount-missing',
  find: (view) =>
    view.workloads.flatMap((workload) =>
      view.podsOf(workload).flatMap((pod) => {
        if (pod.status?.phase !== 'Pending') return [];
        const event = eventsOf(view, 'Pod', pod).findLast(({ reason = '' }) => REASONS.includes(reason));
        if (event === undefined) return [];
        return [
          {
            ...onPod(pod),
            severity: 'error' as const,
            what: `pod ${pod.metadata.name} waits for what it mounts`,
            why: [brief(textAt(event, 'message') ?? '')],
            next: describe('Pod', pod.metadata.namespace, pod.metadata.name),
          },
        ];
      }),
    ),
};
