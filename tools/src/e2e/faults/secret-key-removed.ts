import { patch, restart, secret } from './hands.ts';
import type { Fault } from './types.ts';

const KEY = 'ACCESS_KEY_ID';

export const secretKeyRemoved: Fault = {
  name: 'a key is taken out of a Secret',
  paused: [],
  put: async ({ cluster }) => {
    const before = (await cluster.secret('observability', 'object-storage'))[KEY];
    if (before === undefined) throw new Error(`Secret object-storage has no ${KEY}`);
    await patch(cluster, secret('object-storage'), { data: { [KEY]: null } });
    await restart(cluster, 'observability', 'mimir');
    return () => patch(cluster, secret('object-storage'), { stringData: { [KEY]: before } });
  },
  cause: { checks: ['secret-incomplete', 'mount-missing'], where: /object-storage/ },
  alert: { name: 'PodCrashLooping', of: /^mimir-/ },
};
