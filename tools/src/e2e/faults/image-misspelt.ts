import { deployment, patch, read } from './hands.ts';
import { nothing, type Fault } from './types.ts';

interface Templated {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly name: string }[] } };
  };
}

export const imageMisspelt: Fault = {
  name: 'the gateway is given an image that is not there',
  paused: ['gateway'],
  put: async ({ cluster }) => {
    const { spec } = (await read(cluster, deployment('gateway'))) as unknown as Templated;
    const containers = spec.template.spec.containers.map((one) => ({
      ...one,
      image: 'nginxinc/nginx-unprivileged:9.9.9-nobody-has-made-it',
    }));
    await patch(cluster, deployment('gateway'), { spec: { template: { spec: { containers } } } });
    return nothing;
  },
  cause: { checks: ['image-not-pulled', 'workload-changed'], where: /gateway/ },
};
