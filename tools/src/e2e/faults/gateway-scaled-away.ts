import { deployment, patch } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const gatewayScaledAway: Fault = {
  name: 'the gateway is scaled to nothing',
  paused: ['gateway'],
  put: async ({ cluster }) => {
    await patch(cluster, deployment('gateway'), { spec: { replicas: 0 } });
    return nothing;
  },
  cause: { checks: ['scaled-by-hand'], where: /gateway/ },
  alert: { name: 'GatewayDown' },
};
