import { patch, restart, secret } from './hands.ts';
import type { Fault } from './types.ts';

const KEY = 'SECRET_ACCESS_KEY';

export const bucketKeyWrong: Fault = {
  name: 'the key of the buckets is wrong',
  paused: [],
  put: async ({ cluster }) => {
    const before = (await cluster.secret('observability', 'object-storage'))[KEY];
    if (before === undefined) throw new Error(`Secret object-storage has no ${KEY}`);
    const give = async (value: string): Promise<void> => {
      await patch(cluster, secret('object-storage'), { stringData: { [KEY]: value } });
      await restart(cluster, 'observability', 'mimir');
    };
    await give('not-the-key-that-the-buckets-know');
    return () => give(before);
  },
  cause: { checks: ['object-storage-refusing'], where: /object-storage|seaweedfs|mimir/ },
  alert: { name: 'PodCrashLooping', of: /^mimir-/ },
};
