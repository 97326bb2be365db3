import { changeContainers, deployment } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const imageMisspelt: Fault = {
  name: 'the gateway is given an image that is not there',
  paused: ['gateway'],
  put: async ({ cluster }) => {
    await changeContainers(cluster, deployment('gateway'), {
      image: 'nginxinc/nginx-unprivileged:9.9.9-nobody-has-made-it',
    });
    return nothing;
  },
  cause: { checks: ['image-not-pulled', 'workload-changed'], where: /gateway/ },
  alert: { name: 'ImageNotPulled', of: /^gateway-/ },
};
