import { describe } from '../../commands.ts';
import { brief, containersOf, onPod } from '../../containers.ts';
import type { Check } from '../../types.ts';

const REASONS = new Set(['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError']);

export const check: Check = {
  id: 'container-misconfigured',
  layer: 'pod',
  runbook: 'mount-missing',
  find: (view) =>
    containersOf(view).flatMap(({ pod, name, waiting }) => {
      if (waiting === undefined || !REASONS.has(waiting.reason)) return [];
      return [
        {
          ...onPod(pod),
          severity: 'error' as const,
          what: `container ${name} of ${pod.metadata.name} cannot be made`,
          why: [`${waiting.reason}: ${brief(waiting.message)}`],
          next: describe('Pod', pod.metadata.namespace, pod.metadata.name),
        },
      ];
    }),
};
