import { describe } from '../../commands.ts';
import { containersOf, onPod } from '../../containers.ts';
import { listAt, textAt } from '../../records.ts';
import type { Check } from '../../types.ts';

/** What happened longer ago than this, and has not happened again, is over. */
const RECENT_MS = 30 * 60_000;

export const check: Check = {
  id: 'container-out-of-memory',
  layer: 'pod',
  runbook: 'pod-out-of-memory',
  find: (view) =>
    containersOf(view).flatMap(({ pod, name, ended, restarts, ready }) => {
      if (ended?.reason !== 'OOMKilled') return [];
      if (ready && view.now - ended.at > RECENT_MS) return [];
      const own = listAt(pod, 'spec', 'containers').find((one) => textAt(one, 'name') === name);
      const limit = textAt(own, 'resources', 'limits', 'memory');
      return [
        {
          ...onPod(pod),
          severity: ready ? ('warning' as const) : ('error' as const),
          what: `container ${name} of ${pod.metadata.name} was killed for its memory`,
          why: [`its limit is ${limit ?? 'not set'}; it was restarted ${restarts} times`],
          next: describe('Pod', pod.metadata.namespace, pod.metadata.name),
        },
      ];
    }),
};
