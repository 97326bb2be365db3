import type { KubernetesObject } from '../types.ts';
import { labelsOf, type Door } from './door.ts';

/** Answers 401 or 404 for every path that it does not pass on, and `/metrics` of anything is none that it does. */
const NOWHERE = { name: 'gateway', port: { number: 8080 } } as const;

/**
 * An Ingress (networking.k8s.io/v1) with nothing that only one controller understands. It can open
 * paths and not close them; what is closed leads to the gateway, which knows no such path: of two
 * prefixes the longer one wins.
 */
export function ingress(className: string, certificate: string, door: Door): KubernetesObject {
  const { name, service, port, hostname, paths = [{ type: 'PathPrefix', value: '/' }], closed = [] } = door;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, labels: labelsOf(service) },
    spec: {
      ingressClassName: className,
      tls: [{ hosts: [hostname], secretName: certificate }],
      rules: [
        {
          host: hostname,
          http: {
            paths: [
              ...closed.map((path) => ({ path, pathType: 'Prefix', backend: { service: NOWHERE } })),
              ...paths.map(({ type, value }) => ({
                path: value,
                pathType: type === 'Exact' ? 'Exact' : 'Prefix',
                backend: { service: { name: service, port: { number: port } } },
              })),
            ],
          },
        },
      ],
    },
  };
}
