import { describe } from '../../commands.ts';
import { containersOf, onPod } from '../../containers.ts';
import { ago } from '../../times.ts';
import type { Check } from '../../types.ts';

const RECENT_MS = 5 * 60_000;
const SIGKILL = 137;

/** A process that somebody ended, not the kernel for its memory. It is the cause of what is not ready for some minutes. */
export const check: Check = {
  id: 'container-killed',
  layer: 'inputs',
  runbook: 'workload-unavailable',
  find: (view) =>
    containersOf(view).flatMap(({ pod, name, ended, ready }) => {
      if (ended?.exitCode !== SIGKILL || ended.reason === 'OOMKilled' || !(view.now - ended.at < RECENT_MS)) return [];
      return [
        {
          ...onPod(pod),
          severity: ready ? ('warning' as const) : ('error' as const),
          what: `container ${name} of ${pod.metadata.name} was killed from outside`,
          why: [
            `SIGKILL ended it ${ago(view.now - ended.at)} ago, and not for its memory`,
            ready ? 'it runs again and is ready' : 'it is not ready yet',
          ],
          next: describe('Pod', pod.metadata.namespace, pod.metadata.name),
        },
      ];
    }),
};
