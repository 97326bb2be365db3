import { patch, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const objectStorageGone: Fault = {
  name: 'SeaweedFS is scaled to nothing',
  paused: ['seaweedfs'],
  put: async ({ cluster }) => {
    await patch(cluster, statefulSet('seaweedfs'), { spec: { replicas: 0 } });
    return nothing;
  },
  cause: { checks: ['scaled-by-hand'], where: /seaweedfs/ },
  alert: { name: 'SeaweedfsDown' },
};
