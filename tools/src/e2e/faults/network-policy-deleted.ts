import { remove } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const networkPolicyDeleted: Fault = {
  name: 'the NetworkPolicy of Mimir is deleted',
  paused: ['mimir'],
  put: async ({ cluster }) => {
    const kind = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;
    const found = (await cluster.client.list(kind, 'observability')) ?? [];
    const name = found.map(({ metadata }) => metadata.name).find((one) => one.startsWith('mimir'));
    if (name === undefined) throw new Error('Mimir has no NetworkPolicy');
    await remove(cluster, { ...kind, metadata: { namespace: 'observability', name } });
    return nothing;
  },
  cause: { checks: ['network-policy-missing'], where: /mimir/ },
  alert: { name: 'MimirDown' },
};
