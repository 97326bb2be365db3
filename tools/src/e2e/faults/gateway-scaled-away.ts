import { deployment, patch } from './hands.ts';
import type { Fault } from './types.ts';

export const gatewayScaledAway: Fault = {
  name: 'the gateway is scaled to nothing',
  paused: ['gateway'],
  put: async ({ cluster }) => {
    const scale = (replicas: number): Promise<void> => patch(cluster, deployment('gateway'), { spec: { replicas } });
    await scale(0);
    // The number is its autoscaler's, and not of git; and the autoscaler leaves none alone.
    return () => scale(2);
  },
  cause: { checks: ['scaled-by-hand'], where: /gateway/ },
  alert: { name: 'GatewayDown' },
};
