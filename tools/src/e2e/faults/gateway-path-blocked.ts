import { misconfigureGateway } from './hands.ts';
import type { Fault } from './types.ts';

export const gatewayPathBlocked: Fault = {
  name: 'the gateway closes a path',
  paused: ['gateway'],
  put: ({ cluster }) =>
    misconfigureGateway(cluster, (text) =>
      text.replace(/(location = \/loki\/api\/v1\/push \{)/, '$1\n      return 403;'),
    ),
  cause: { checks: ['config-map-changed', 'gateway-path-closed'], where: /gateway/ },
  alert: { name: 'ApplicationOutOfSync', of: /-faults-gateway$/ },
};
