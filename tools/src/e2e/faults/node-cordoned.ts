import { patch, restart } from './hands.ts';
import type { Fault } from './types.ts';

export const nodeCordoned: Fault = {
  name: 'the node takes no pods, and one has to start',
  paused: [],
  put: async ({ cluster }) => {
    const [found] = (await cluster.client.list({ apiVersion: 'v1', kind: 'Node' })) ?? [];
    if (found === undefined) throw new Error('there is no node');
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: found.metadata.name } };
    await patch(cluster, node, { spec: { unschedulable: true } });
    await restart(cluster, 'observability', 'gateway');
    return () => patch(cluster, node, { spec: { unschedulable: null } });
  },
  cause: { checks: ['pod-unschedulable', 'node-not-ready'], where: /gateway|Node/ },
  alert: { name: 'PodUnschedulable', of: /^gateway-/ },
};
