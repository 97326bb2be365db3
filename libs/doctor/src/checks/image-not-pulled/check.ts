import { describe } from '../../commands.ts';
import { brief, containersOf, onPod } from '../../containers.ts';
import type { Check } from '../../types.ts';

const REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'ImageInspectError',
]);

export const check: Check = {
  id: 'image-not-pulled',
  layer: 'pod',
  runbook: 'image-not-pulled',
  find: (view) =>
    containersOf(view).flatMap(({ pod, name, image, waiting }) => {
      if (waiting === undefined || !REASONS.has(waiting.reason)) return [];
      return [
        {
          ...onPod(pod),
          severity: 'error' as const,
          what: `image ${image} of ${pod.metadata.name} cannot be pulled`,
          why: [
            `container ${name} waits: ${waiting.reason}${waiting.message === '' ? '' : `, ${brief(waiting.message)}`}`,
          ],
          next: describe('Pod', pod.metadata.namespace, pod.metadata.name),
        },
      ];
    }),
};
