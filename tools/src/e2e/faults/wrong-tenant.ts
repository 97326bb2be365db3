import { deployment, mounted, restart, rewrite } from './hands.ts';
import type { Fault } from './types.ts';

export const wrongTenant: Fault = {
  name: 'the gateway sends everything as another tenant',
  paused: ['gateway'],
  put: async ({ cluster }) => {
    const config = await mounted(cluster, deployment('gateway'), 'gateway-config');
    const putRight = await rewrite(cluster, config, 'nginx.conf', (text) =>
      text.replaceAll(/(proxy_set_header X-Scope-OrgID )[^;]+;/g, '$1nobody;'),
    );
    await restart(cluster, 'observability', 'gateway');
    // What started in between would go on with what it read.
    return async () => {
      await putRight();
      await restart(cluster, 'observability', 'gateway');
    };
  },
  cause: { checks: ['config-map-changed', 'unknown-tenant'], where: /gateway/ },
  alert: { name: 'GatewayDown' },
};
