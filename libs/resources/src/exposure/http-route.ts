import type { Entry } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { KubernetesObject } from '../types.ts';
import { labelsOf, type Door, type PathMatch } from './door.ts';
import { HTTP_LISTENER, listenerOf, PUBLIC_GATEWAY } from './public-gateway.ts';

/** The most that the Gateway API takes in one rule. */
const MATCHES = 64;

/** As weight, and group and kind elsewhere: what the API server would fill in, Argo CD would call a difference. */
const GATEWAY = { group: 'gateway.networking.k8s.io', kind: 'Gateway' } as const;

const EVERYTHING: PathMatch = { type: 'PathPrefix', value: '/' };

/** An HTTPRoute (Gateway API v1) from a host name to a Service beside it. */
export function httpRoute(entry: Exclude<Entry, { kind: 'ingress' }>, door: Door): KubernetesObject {
  const { name, service, port, hostname, paths = [EVERYTHING], closed = [] } = door;
  return route(name, service, parentOf(entry, hostname), {
    hostnames: [hostname],
    rules: [
      // Without a backend the Gateway answers 500 by itself.
      ...(closed.length === 0 ? [] : [{ matches: closed.map((value) => ({ path: { type: 'PathPrefix', value } })) }]),
      ...chunks(paths, MATCHES).map((some) => ({
        matches: some.map((path) => ({ path: { ...path } })),
        backendRefs: [{ group: '', kind: 'Service', name: service, port, weight: 1 }],
      })),
    ],
  });
}

/** Who takes a route of a host name. */
export function parentOf(entry: Exclude<Entry, { kind: 'ingress' }>, hostname: string) {
  return entry.kind === 'gateway'
    ? { ...GATEWAY, name: entry.name, namespace: entry.namespace }
    : // Of its listeners this one alone: the plain one would answer without TLS.
      { ...GATEWAY, name: PUBLIC_GATEWAY, sectionName: listenerOf(hostname) };
}

/** Sends whoever comes to our own Gateway without TLS to where there is. */
export function redirectRoute(hostnames: readonly string[]): KubernetesObject {
  return route(
    'redirect-to-https',
    'gateway',
    { ...GATEWAY, name: PUBLIC_GATEWAY, sectionName: HTTP_LISTENER },
    {
      hostnames,
      rules: [
        {
          matches: [{ path: { ...EVERYTHING } }],
          filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
        },
      ],
    },
  );
}

function route(
  name: string,
  component: string,
  parent: Readonly<Record<string, string>>,
  spec: Readonly<Record<string, YamlValue>>,
): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, labels: labelsOf(component) },
    spec: {
      parentRefs: [parent],
      ...spec,
    },
  };
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
