import { patch, read, statefulSet } from './hands.ts';
import { nothing, type Fault } from './types.ts';

interface Templated {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly name: string }[] } };
  };
}

export const memoryTooSmall: Fault = {
  name: 'somebody saves memory at Mimir',
  paused: ['mimir'],
  put: async ({ cluster }) => {
    const { spec } = (await read(cluster, statefulSet('mimir'))) as unknown as Templated;
    const containers = spec.template.spec.containers.map((one) => ({
      ...one,
      resources: { requests: { cpu: '10m', memory: '24Mi' }, limits: { memory: '24Mi' } },
    }));
    await patch(cluster, statefulSet('mimir'), { spec: { template: { spec: { containers } } } });
    return nothing;
  },
  cause: { checks: ['container-out-of-memory', 'workload-changed'], where: /mimir/ },
};
