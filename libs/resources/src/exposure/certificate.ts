import type { ExposurePlan } from '@lgtm-fleet/plan';
import type { KubernetesObject } from '../types.ts';
import { labelsOf } from './door.ts';

/** The Secret that cert-manager fills for the host names. */
const ISSUED = 'public-tls';

/** The Secret with the certificate of the host names; none where an existing Gateway has its own. */
export function certificateOf({ tls }: ExposurePlan): string | undefined {
  return tls?.kind === 'issuer' ? ISSUED : tls?.name;
}

/** Every host name that the spec exposes, each once. */
export function hostnamesOf(exposure: ExposurePlan): readonly string[] {
  const { grafanaHostname, ingestHostname, grpcHostname, queriesHostname } = exposure;
  return [...new Set([grafanaHostname, ingestHostname, grpcHostname, queriesHostname])].filter(
    (name) => name !== undefined,
  );
}

/**
 * A Certificate of cert-manager for all host names. Not its annotation on Gateways and Ingresses: an
 * object of its own is seen, checked and waited for, and is the same for every way in.
 */
export function certificate(issuer: string, hostnames: readonly string[]): KubernetesObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: {
      name: 'public',
      labels: labelsOf('gateway'),
      // Without cert-manager the rest of the gateway is made all the same.
      annotations: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' },
    },
    spec: {
      secretName: ISSUED,
      dnsNames: [...hostnames],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
    },
  };
}

/** Lets the Gateways of one other namespace use one Secret of this one. A grant cannot name a Gateway. */
export function secretGrant(namespace: string, secret: string): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata: { name: 'public-tls', labels: labelsOf('gateway') },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace }],
      to: [{ group: '', kind: 'Secret', name: secret }],
    },
  };
}
