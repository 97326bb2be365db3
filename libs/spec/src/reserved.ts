/** Namespaces whose telemetry is the stack's own. */
export const OWN_NAMESPACES = ['argocd', 'monitoring', 'observability'] as const;

/** What a store calls the tenant of data that was written while it had none. */
export const UNTENANTED = { metrics: 'anonymous', logs: 'fake', traces: 'single-tenant' } as const;
