import { patch } from './hands.ts';
import { nothing, type Fault } from './types.ts';

export const serviceMisled: Fault = {
  name: 'the Service of Loki selects other pods',
  paused: ['loki'],
  put: async ({ cluster }) => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'observability', name: 'loki' } };
    await patch(cluster, service, { spec: { selector: { 'app.kubernetes.io/name': 'lokki' } } });
    return nothing;
  },
  cause: { checks: ['service-changed', 'service-without-endpoints'], where: /loki/ },
  alert: { name: 'ApplicationOutOfSync', of: /-faults-loki$/ },
};
