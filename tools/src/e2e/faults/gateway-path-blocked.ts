import { deployment, mounted, restart, rewrite } from './hands.ts';
import type { Fault } from './types.ts';

export const gatewayPathBlocked: Fault = {
  name: 'the gateway closes a path',
  paused: ['gateway'],
  put: async ({ cluster }) => {
    const config = await mounted(cluster, deployment('gateway'), 'gateway-config');
    const putRight = await rewrite(cluster, config, 'nginx.conf', (text) =>
      text.replace(/(location = \/loki\/api\/v1\/push \{)/, '$1\n      return 403;'),
    );
    await restart(cluster, 'observability', 'gateway');
    // What started in between would go on with what it read.
    return async () => {
      await putRight();
      await restart(cluster, 'observability', 'gateway');
    };
  },
  cause: { checks: ['config-map-changed', 'gateway-path-closed'], where: /gateway/ },
  alert: { name: 'ApplicationOutOfSync', of: /-faults-gateway$/ },
};
