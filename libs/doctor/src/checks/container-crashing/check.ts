import { logs } from '../../commands.ts';
import { brief, containersOf, linesOf, onPod } from '../../containers.ts';
import type { Check } from '../../types.ts';

/** A container that ended by itself this lately, and is not ready yet, may well end again. */
const RECENT_MS = 10 * 60_000;

export const check: Check = {
  id: 'container-crashing',
  layer: 'pod',
  runbook: 'pod-crash-looping',
  find: (view) =>
    containersOf(view).flatMap(({ pod, name, waiting, ended, ready, restarts }) => {
      const looping = waiting?.reason === 'CrashLoopBackOff';
      // 137 and 143 are signals: somebody else has ended it.
      const failed =
        ended !== undefined && ![0, 137, 143].includes(ended.exitCode) && !ready && view.now - ended.at < RECENT_MS;
      if ((!looping && !failed) || ended?.reason === 'OOMKilled') return [];
      const words = linesOf(view, pod, name).at(-1) ?? ended?.message ?? '';
      return [
        {
          ...onPod(pod),
          severity: 'error' as const,
          what: `container ${name} of ${pod.metadata.name} crashes`,
          why: [
            `it ended with exit code ${ended?.exitCode ?? 'not known'}, and was restarted ${restarts} times`,
            ...(words === '' ? [] : [`its last words: ${brief(words)}`]),
          ],
          next: logs(pod, name, true),
        },
      ];
    }),
};
