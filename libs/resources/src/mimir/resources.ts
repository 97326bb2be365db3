import type { Emit } from '../types.ts';
import { TELL_NOBODY } from '../alerting/routes.ts';
import { alertRoutes, alertRoutesMount } from './alert-routes.ts';
import { mimirConfig } from './config.ts';
import { tenantOverrides } from './limits.ts';

/**
 * `mimir.yaml`, the fallback for tenants without alert routes, the runtime file with each tenant's limits, and each
 * tenant's alert routes where they are in git.
 *
 * @throws Error when the plan has the component but not its decisions.
 */
export const mimir: Emit = (plan, component) => {
  if (plan.mimir === undefined) throw new Error(`the plan of ${plan.cluster} has no mimir`);
  const config = mimirConfig(plan, plan.mimir);
  const overrides = tenantOverrides(plan);
  return {
    configFiles: [
      { name: 'mimir.yaml', configMap: 'mimir-config', hashed: true, form: 'yaml', ...config },
      {
        name: 'alertmanager-fallback.yaml',
        configMap: 'mimir-config',
        hashed: true,
        form: 'yaml',
        value: TELL_NOBODY,
        comments: { route: 'Alerts are kept and shown, and nobody is told until the tenant uploads its own routes' },
      },
      { name: 'overrides.yaml', configMap: 'mimir-overrides', hashed: false, form: 'yaml', ...overrides },
      ...alertRoutes(plan),
    ],
    objectFiles: [],
    patchFiles: alertRoutesMount(plan, component),
  };
};
