import type { Emit } from '../types.ts';
import { tenantLimits } from './limits.ts';
import { tempoYaml } from './tempo-config.ts';

/**
 * `tempo.yaml`, and the runtime file with each tenant's limits and retention.
 *
 * @throws Error when the plan has the component but not its decisions.
 */
export const tempo: Emit = (plan) => {
  if (plan.tempo === undefined)
    throw new Error(`cluster '${plan.cluster}': component 'tempo' without a plan for Tempo`);
  return {
    configFiles: [
      {
        name: 'tempo.yaml',
        configMap: 'tempo-config',
        hashed: true,
        form: 'yaml',
        ...tempoYaml({ plan, tempo: plan.tempo }),
      },
      { name: 'overrides.yaml', configMap: 'tempo-overrides', hashed: false, form: 'yaml', ...tenantLimits(plan) },
    ],
    objectFiles: [],
    patchFiles: [],
  };
};
