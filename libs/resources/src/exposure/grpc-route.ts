import type { Entry } from '@lgtm-fleet/plan';
import type { KubernetesObject } from '../types.ts';
import { labelsOf } from './door.ts';
import { parentOf } from './http-route.ts';

/** A host name, and the methods that the Service beside it answers there over gRPC. */
export interface GrpcDoor {
  readonly name: string;
  readonly service: string;
  readonly port: number;
  readonly hostname: string;
  readonly methods: readonly { readonly service: string; readonly method: string }[];
}

/** A GRPCRoute (Gateway API v1): each method exactly, and no other. */
export function grpcRoute(entry: Exclude<Entry, { kind: 'ingress' }>, door: GrpcDoor): KubernetesObject {
  const { name, service, port, hostname, methods } = door;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name, labels: labelsOf(service) },
    spec: {
      parentRefs: [parentOf(entry, hostname)],
      hostnames: [hostname],
      rules: [
        {
          matches: methods.map((one) => ({ method: { type: 'Exact', ...one } })),
          backendRefs: [{ group: '', kind: 'Service', name: service, port, weight: 1 }],
        },
      ],
    },
  };
}
