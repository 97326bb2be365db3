import { setTimeout as sleep } from 'node:timers/promises';
import { nothing, type Fault } from './types.ts';

/** As often as it starts, so that the kubelet waits longer and longer between. */
export const storeKilled: Fault = {
  name: 'something kills Mimir again and again',
  paused: [],
  put: async ({ cluster, place }) => {
    for (let count = 0; count < 4; count += 1) {
      const [pod] = await cluster.pods('observability', 'mimir');
      // Between two starts there is nothing to kill.
      if (pod !== undefined) await place.environment.kill(pod).catch(() => undefined);
      await sleep(12_000);
    }
    return nothing;
  },
  cause: { checks: ['container-killed', 'container-crashing'], where: /mimir/ },
  alert: { name: 'PodCrashLooping', of: /^mimir-/ },
};
