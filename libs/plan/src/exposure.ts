import type { ClusterSpec } from '@lgtm-fleet/spec';
import type { Entry, ExposurePlan } from './types.ts';

type Exposure = NonNullable<ClusterSpec['spec']['exposure']>;

/** How the outside comes in. That exactly one way is said, the check of the spec has made sure. */
export function planExposure(exposure: Exposure): ExposurePlan {
  const { tls } = exposure;
  const certificate =
    tls?.issuer !== undefined
      ? ({ kind: 'issuer', name: tls.issuer } as const)
      : tls?.secret !== undefined
        ? ({ kind: 'secret', name: tls.secret } as const)
        : undefined;
  return {
    entry: entryOf(exposure),
    ...(certificate !== undefined && { tls: certificate }),
    grafanaHostname: exposure.grafana.hostname,
    ...(exposure.ingest !== undefined && { ingestHostname: exposure.ingest.hostname }),
    ...(exposure.ingest?.grpcHostname !== undefined && { grpcHostname: exposure.ingest.grpcHostname }),
    ...(exposure.queries !== undefined && { queriesHostname: exposure.queries.hostname }),
  };
}

function entryOf({ gateway, gatewayClass, ingressClass }: Exposure): Entry {
  if (gateway !== undefined) return { kind: 'gateway', name: gateway.name, namespace: gateway.namespace };
  if (gatewayClass !== undefined) return { kind: 'own-gateway', className: gatewayClass };
  if (ingressClass !== undefined) return { kind: 'ingress', className: ingressClass };
  throw new Error('exposure without a gateway, gatewayClass or ingressClass');
}
