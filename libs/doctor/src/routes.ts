import type { Plan } from '@lgtm-fleet/plan';
import type { RouteFacts } from './facts.ts';
import type { Subject } from './subjects.ts';
import type { Found } from './types.ts';
import type { View } from './view.ts';

/** A finding about a path of the gateway: about the gateway, and about who is behind it. */
export function routeFinding(
  { plan }: View,
  { method, path, upstream, tenant }: RouteFacts,
  what: string,
  why: readonly string[],
): Found {
  const scheme = plan.tls === undefined ? 'http' : 'https --insecure';
  return {
    severity: 'error',
    what,
    where: `gateway ${path}`,
    why,
    next: `kubectl --namespace=observability port-forward deployment/gateway 8080 & sleep 2; curl --silent --include --user ${tenant} --request ${method} ${scheme === 'http' ? '' : '--insecure '}${scheme.split(' ')[0] ?? ''}://localhost:8080${path}`,
    about: ['gateway', upstream],
  };
}

/** Who keeps a signal. */
export function storeOf({ prometheus }: Plan, signal: RouteFacts['signal']): Subject {
  if (signal === 'logs') return 'loki';
  if (signal === 'traces') return 'tempo';
  return prometheus === undefined ? 'mimir' : 'prometheus';
}
