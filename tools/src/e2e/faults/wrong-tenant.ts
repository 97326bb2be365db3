import { misconfigureGateway } from './hands.ts';
import type { Fault } from './types.ts';

export const wrongTenant: Fault = {
  name: 'the gateway sends everything as another tenant',
  paused: ['gateway'],
  put: ({ cluster }) =>
    misconfigureGateway(cluster, (text) => text.replaceAll(/(proxy_set_header X-Scope-OrgID )[^;]+;/g, '$1nobody;')),
  cause: { checks: ['config-map-changed', 'unknown-tenant'], where: /gateway/ },
  alert: { name: 'GatewayDown' },
};
