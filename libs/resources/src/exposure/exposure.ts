import type { Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { ObjectFile } from '../types.ts';
import { backendTlsPolicy } from './backend-tls-policy.ts';
import { certificate, certificateOf, hostnamesOf, secretGrant } from './certificate.ts';
import type { Door } from './door.ts';
import { grpcRoute, type GrpcDoor } from './grpc-route.ts';
import { httpRoute, redirectRoute } from './http-route.ts';
import { ingress } from './ingress.ts';
import { publicGateway } from './public-gateway.ts';

/** What leads from host names to one Service; nothing where the spec exposes nothing. */
export function doorFiles(plan: Plan, doors: readonly Door[], why: string): readonly ObjectFile[] {
  const { exposure } = plan;
  const [first] = doors;
  if (exposure === undefined || first === undefined) return [];
  const { entry } = exposure;
  if (entry.kind === 'ingress') {
    const secret = certificateOf(exposure);
    if (secret === undefined) throw new Error(`cluster '${plan.cluster}': an Ingress without a certificate`);
    return [
      {
        name: 'ingress.yaml',
        why: `${why} TLS ends at the Ingress.`,
        objects: doors.map((door) => ingress(entry.className, secret, door)),
      },
    ];
  }
  return [
    {
      name: 'http-route.yaml',
      why: `${why} TLS ends at the Gateway${plan.tls === undefined ? '' : ', and begins anew behind it'}.`,
      objects: doors.map((door) => httpRoute(entry, door)),
    },
    ...(plan.tls === undefined
      ? []
      : [
          {
            name: 'backend-tls-policy.yaml',
            why: 'spec.tls: the Gateway speaks TLS to what is behind it, and checks who that is.',
            objects: [backendTlsPolicy(first.service, fqdn(plan, first.service))],
          },
        ]),
  ];
}

/**
 * What leads from a host name to the methods of one Service; nothing where the spec exposes none of them. The policy for
 * TLS behind the Gateway is of the Service, with all its ports.
 */
export function grpcDoorFiles(
  { cluster, exposure }: Plan,
  door: GrpcDoor | undefined,
  why: string,
): readonly ObjectFile[] {
  if (exposure === undefined || door === undefined) return [];
  const { entry } = exposure;
  if (entry.kind === 'ingress') throw new Error(`cluster '${cluster}': an Ingress cannot carry gRPC`);
  return [{ name: 'grpc-route.yaml', why, objects: [grpcRoute(entry, door)] }];
}

/** What all host names share: their certificate, who may use it, and the Gateway where it is our own. */
export function entryFiles({ cluster, exposure }: Plan): readonly ObjectFile[] {
  if (exposure === undefined) return [];
  const { entry, tls } = exposure;
  const secret = certificateOf(exposure);
  const hostnames = hostnamesOf(exposure);
  if (entry.kind === 'own-gateway' && secret === undefined)
    throw new Error(`cluster '${cluster}': a Gateway without a certificate`);
  return [
    ...(tls?.kind === 'issuer'
      ? [
          {
            name: 'certificate.yaml',
            why: 'spec.exposure.tls.issuer: one certificate for all host names, by cert-manager, which the cluster has.',
            objects: [certificate(tls.name, hostnames)],
          },
        ]
      : []),
    ...(entry.kind === 'gateway' && secret !== undefined
      ? [
          {
            name: 'reference-grant.yaml',
            why: `The listener of Gateway ${entry.name} names Secret ${secret} of this namespace; only Gateways of namespace ${entry.namespace} may.`,
            objects: [secretGrant(entry.namespace, secret)],
          },
        ]
      : []),
    ...(entry.kind === 'own-gateway' && secret !== undefined
      ? [
          {
            name: 'public-gateway.yaml',
            why: 'spec.exposure.gatewayClass: a Gateway of our own. Without TLS it does nothing but send on to where there is.',
            objects: [
              publicGateway(entry.className, hostnames, secret, exposure.grpcHostname),
              redirectRoute(hostnames.filter((hostname) => hostname !== exposure.grpcHostname)),
            ],
          },
        ]
      : []),
  ];
}
