import { patch, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const compactorStopped: Fault = {
  name: "Loki's compactor is scaled to nothing",
  paused: ['loki'],
  put: async ({ cluster }) => {
    await patch(cluster, statefulSet('loki-compactor'), { spec: { replicas: 0 } });
    return nothing;
  },
  cause: { checks: ['scaled-by-hand'], where: /loki-compactor/ },
  alert: { name: 'LokiCompactorsNotOne' },
};
