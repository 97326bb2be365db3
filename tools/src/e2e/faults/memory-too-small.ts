import { changeContainers, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const memoryTooSmall: Fault = {
  name: 'somebody saves memory at Mimir',
  paused: ['mimir'],
  put: async ({ cluster }) => {
    await changeContainers(cluster, statefulSet('mimir'), {
      resources: { requests: { cpu: '10m', memory: '24Mi' }, limits: { memory: '24Mi' } },
    });
    return nothing;
  },
  cause: { checks: ['container-out-of-memory', 'workload-changed'], where: /mimir/ },
  alert: { name: 'PodCrashLooping', of: /^mimir-/ },
};
