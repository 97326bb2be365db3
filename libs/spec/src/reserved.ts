/** Namespaces whose telemetry is the stack's own. */
export const OWN_NAMESPACES = ['argocd', 'monitoring', 'observability'] as const;

/** What a store calls the tenant of data that was written while it had none. */
export const UNTENANTED = { metrics: 'anonymous', logs: 'fake', traces: 'single-tenant' } as const;

/** Secrets that the stack fills itself, or that cert-manager does for it. */
const OWN_SECRETS = new Set([
  'gateway-credentials',
  'gateway-server-certificate',
  'grafana-admin',
  'grafana-database',
  'grafana-oidc',
  'internal-ca',
  'object-storage',
  'tenant-credentials',
  'writer-credentials',
]);

/** True for a Secret that is no one's to fill but the stack's. */
export function isOfTheStack(secret: string): boolean {
  return OWN_SECRETS.has(secret) || secret.endsWith('-tls');
}

/** Name in the uid of Grafana's data source for the Prometheus that watches the stores. */
export const WATCHER = 'meta-monitoring';
