import type { Emit } from '../types.ts';
import { lokiConfig } from './config.ts';
import { tenantOverrides } from './limits.ts';

/**
 * `loki.yaml`, and the runtime file with each tenant's limits and retention.
 *
 * @throws Error when the plan has the component but not its decisions.
 */
export const loki: Emit = (plan) => {
  if (plan.loki === undefined) throw new Error(`the plan of ${plan.cluster} has no loki`);
  return {
    configFiles: [
      { name: 'loki.yaml', configMap: 'loki-config', hashed: true, form: 'yaml', ...lokiConfig(plan, plan.loki) },
      { name: 'overrides.yaml', configMap: 'loki-overrides', hashed: false, form: 'yaml', ...tenantOverrides(plan) },
    ],
    objectFiles: [],
    patchFiles: [],
  };
};
