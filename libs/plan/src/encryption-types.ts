import type { ComponentName, Namespace, PodEndpoint } from './types.ts';

/** `mutual-tls`: the caller shows a certificate, too. */
export type Encryption = 'tls' | 'mutual-tls';

/** A certificate that cert-manager makes and renews, and the Secret in which pods find it: tls.crt, tls.key, ca.crt. */
export interface CertificatePlan {
  readonly name: string;
  /** Whose Application makes it. */
  readonly component: ComponentName;
  readonly namespace: Namespace;
  readonly secretName: string;
  readonly dnsNames: readonly string[];
  /** Keys of the Secret that they see; `ca.crt` alone where they only call. */
  readonly mounted: readonly ('ca.crt' | 'tls.crt' | 'tls.key')[];
  readonly usages: readonly ('digital signature' | 'key encipherment' | 'server auth' | 'client auth')[];
  /** The roles that mount it. */
  readonly users: readonly PodEndpoint[];
  readonly why: string;
}
