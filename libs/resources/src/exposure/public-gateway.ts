import type { KubernetesObject } from '../types.ts';
import { labelsOf } from './door.ts';

/** Our own Gateway, and its listener that does nothing but send on to TLS. */
export const PUBLIC_GATEWAY = 'public';
export const HTTP_LISTENER = 'http';

/** Name of the listener of a host name: it has to be unique, and a DNS name is one already. */
export function listenerOf(hostname: string): string {
  return hostname;
}

/** A Gateway of a class that the cluster has, with a listener for each host name; only routes of its own namespace are let in. */
export function publicGateway(
  className: string,
  hostnames: readonly string[],
  certificate: string,
  grpcHostname?: string,
): KubernetesObject {
  const allowed = (kind: 'HTTPRoute' | 'GRPCRoute') => ({
    namespaces: { from: 'Same' },
    kinds: [{ group: 'gateway.networking.k8s.io', kind }],
  });
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: PUBLIC_GATEWAY, labels: labelsOf('gateway') },
    spec: {
      gatewayClassName: className,
      listeners: [
        ...hostnames.map((hostname) => ({
          name: listenerOf(hostname),
          hostname,
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: certificate }] },
          allowedRoutes: allowed(hostname === grpcHostname ? 'GRPCRoute' : 'HTTPRoute'),
        })),
        { name: HTTP_LISTENER, port: 80, protocol: 'HTTP', allowedRoutes: allowed('HTTPRoute') },
      ],
    },
  };
}
