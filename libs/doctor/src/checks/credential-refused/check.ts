import { restart } from '../../commands.ts';
import type { Check } from '../../types.ts';

/** What Secrets hold is not what the gateway takes. */
export const check: Check = {
  id: 'credential-refused',
  layer: 'path',
  runbook: 'credential-refused',
  find: ({ facts }) => {
    const refused = (facts.routes ?? []).filter(({ status }) => status === 401);
    return [...Map.groupBy(refused, ({ tenant }) => tenant)].map(([tenant, all]) => ({
      severity: 'error',
      what: `the gateway does not know the credential of ${tenant}`,
      where: `tenant ${tenant}`,
      why: [
        `401 to ${all.length} requests with what Secret observability/tenant-credentials holds`,
        'Secret observability/gateway-credentials has another, or the gateway has not read it yet',
      ],
      next: restart('Deployment', 'observability', 'gateway'),
      about: ['gateway'],
    }));
  },
};
