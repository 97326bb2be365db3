import type { Entry } from '@lgtm-fleet/plan';
import type { KubernetesObject } from '../types.ts';

/** Which requests a route takes: exact paths, or all where there are none. */
export interface HttpRouteOptions {
  /** Of the route and of its Service, in the same namespace. */
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  readonly paths?: readonly string[];
  /** Paths, and everything below them, that get an error instead. */
  readonly closed?: readonly string[];
}

/** An HTTPRoute (Gateway API v1) from a host name of an existing Gateway to a Service beside it. */
export function httpRoute(
  gateway: Extract<Entry, { kind: 'gateway' }>,
  { name, hostname, port, paths, closed = [] }: HttpRouteOptions,
): KubernetesObject {
  const value =
    paths === undefined ? [{ type: 'PathPrefix', value: '/' }] : paths.map((path) => ({ type: 'Exact', value: path }));
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': name } },
    spec: {
      // group, kind and weight are what the API server would fill in; Argo CD would call them a difference.
      parentRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name, namespace: gateway.namespace },
      ],
      hostnames: [hostname],
      rules: [
        // Without a backend the Gateway answers 500 by itself.
        ...(closed.length === 0
          ? []
          : [{ matches: closed.map((path) => ({ path: { type: 'PathPrefix', value: path } })) }]),
        {
          matches: value.map((path) => ({ path })),
          backendRefs: [{ group: '', kind: 'Service', name, port, weight: 1 }],
        },
      ],
    },
  };
}
