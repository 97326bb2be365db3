import { patch, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const scraperOff: Fault = {
  name: 'the Prometheus that watches the stack is turned off',
  paused: ['meta-monitoring'],
  put: async ({ cluster }) => {
    await patch(cluster, statefulSet('meta-monitoring', 'monitoring'), { spec: { replicas: 0 } });
    return nothing;
  },
  cause: { checks: ['scaled-by-hand'], where: /meta-monitoring/ },
  alert: { name: 'WatcherSilent' },
};
