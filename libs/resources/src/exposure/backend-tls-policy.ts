import type { KubernetesObject } from '../types.ts';
import { labelsOf } from './door.ts';

/** Where cert-manager keeps the CA of the certificates between components, as `ca.crt`. Every Gateway knows ConfigMaps
 * there, and most know Secrets; a ConfigMap would need somebody who copies. */
export const INTERNAL_CA = { group: '', kind: 'Secret', name: 'internal-ca' } as const;

/** A Gateway speaks TLS to a Service, and believes only a certificate for its full name by the internal CA. */
export function backendTlsPolicy(service: string, hostname: string): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: service, labels: labelsOf(service) },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: service }],
      validation: { caCertificateRefs: [INTERNAL_CA], hostname },
    },
  };
}
