import type { Condition } from '@lgtm-fleet/bootstrap';
import { describe } from '../../commands.ts';
import { brief, onPod } from '../../containers.ts';
import { listAt } from '../../records.ts';
import type { Check } from '../../types.ts';

export const check: Check = {
  id: 'pod-unschedulable',
  layer: 'pod',
  runbook: 'pod-unschedulable',
  find: (view) =>
    view.workloads.flatMap((workload) =>
      view.podsOf(workload).flatMap((pod) => {
        const condition = (listAt(pod, 'status', 'conditions') as readonly Condition[]).find(
          ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
        );
        if (condition === undefined) return [];
        const { milliCpu, memoryBytes } = workload.workload.requests;
        return [
          {
            ...onPod(pod),
            severity: 'error' as const,
            what: `pod ${pod.metadata.name} fits on no node`,
            why: [
              brief(condition.message ?? 'the scheduler gives no reason'),
              `it is planned with ${milliCpu}m CPU and ${(memoryBytes / 2 ** 20).toFixed(0)}Mi`,
            ],
            next: describe('Pod', pod.metadata.namespace, pod.metadata.name),
          },
        ];
      }),
    ),
};
