import { mounted, remove, restart, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const configMapDeleted: Fault = {
  name: "Mimir's ConfigMap is deleted, and its pod starts anew",
  paused: ['mimir'],
  put: async ({ cluster }) => {
    await remove(cluster, await mounted(cluster, statefulSet('mimir'), 'mimir-config'));
    await restart(cluster, 'observability', 'mimir');
    return nothing;
  },
  cause: { checks: ['config-map-missing', 'mount-missing'], where: /mimir-config/ },
  alert: { name: 'ContainerNotCreated', of: /^mimir-/ },
};
