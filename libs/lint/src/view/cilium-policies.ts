import { get, list, object, text, type Json } from '@lgtm-fleet/manifests';
import type { Direction, PolicyRule } from './policies.ts';

/**
 * Policies of Cilium in the words of those of Kubernetes: peers that are pods become selectors, addresses become
 * ranges. What only Cilium knows stays apart: `{ fqdn }` for a name, `{ entity }` for what it calls so.
 */

/** The directions that a policy of Cilium is about: those that it has rules for. */
export function ciliumDirections(body: Json): readonly Direction[] {
  return (['ingress', 'egress'] as const).filter((direction) => get(body, 'spec', direction) !== undefined);
}

export function ciliumSelector(body: Json): Json | undefined {
  const selector = get(body, 'spec', 'endpointSelector');
  return selector === undefined ? undefined : withoutSources(selector);
}

export function ciliumRules(body: Json, direction: Direction): readonly PolicyRule[] {
  return list(body, 'spec', direction).map((rule, index) => ({
    path: ['spec', direction, index],
    peers: peersOf(rule, direction === 'ingress' ? 'from' : 'to'),
    ports: [
      ...list(rule, 'toPorts').flatMap((entry) => list(entry, 'ports').flatMap(portsOf)),
      // Where it says what of ICMP it lets through, it lets nothing else through.
      ...list(rule, 'icmps').map(() => ({ protocol: 'ICMP' })),
    ],
  }));
}

/** True where a rule lets its pods call that name, or one that a client makes of it: buckets come before their store. */
export function takesName(entry: Json, host: string | undefined): boolean {
  const name = text(entry, 'fqdn', 'matchName')?.toLowerCase();
  const pattern = text(entry, 'fqdn', 'matchPattern')?.toLowerCase();
  if (host === undefined) return name !== undefined || pattern !== undefined;
  const wanted = host.toLowerCase();
  if (name !== undefined) return name === wanted || name.endsWith(`.${wanted}`);
  return pattern !== undefined && asExpression(pattern).test(wanted);
}

function asExpression(pattern: string): RegExp {
  if (pattern === '*') return /./;
  return new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '[-a-z0-9_]*')}$`);
}

function peersOf(rule: Json, key: 'from' | 'to'): readonly Json[] {
  return Object.keys(object(rule))
    .filter((name) => name.startsWith(key) && name !== 'toPorts')
    .flatMap((name) => list(rule, name).map((entry) => peerOf(name.slice(key.length), entry)));
}

function peerOf(kind: string, entry: Json): Json {
  switch (kind) {
    case 'Endpoints':
      return podsOf(entry);
    case 'FQDNs':
      return { fqdn: entry };
    case 'CIDR':
      return { ipBlock: { cidr: entry } };
    case 'CIDRSet':
      return { ipBlock: entry };
    case 'Entities':
      return entry === 'cluster' ? { namespaceSelector: {} } : { entity: entry };
    default:
      return { other: entry };
  }
}

const NAMESPACE = 'io.kubernetes.pod.namespace';

function podsOf(entry: Json): Json {
  const podSelector = withoutSources(entry);
  const labels = Object.entries(object(podSelector, 'matchLabels'));
  const namespace = labels.find(([label]) => label === NAMESPACE)?.[1];
  if (namespace === undefined) return { podSelector };
  const matchLabels = Object.fromEntries(labels.filter(([label]) => label !== NAMESPACE));
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { ...object(podSelector), matchLabels },
  };
}

/** Labels may say whence they are: `k8s:app`, `any:app`. */
function withoutSources(selector: Json): Json {
  const matchLabels = Object.entries(object(selector, 'matchLabels')).map(
    ([label, value]) => [label.replace(/^(k8s|any)[:.]/, ''), value] as const,
  );
  return { ...object(selector), ...(matchLabels.length > 0 && { matchLabels: Object.fromEntries(matchLabels) }) };
}

function portsOf(entry: Json): readonly Json[] {
  const port = text(entry, 'port') ?? '';
  const protocol = text(entry, 'protocol') ?? 'ANY';
  const number = /^\d+$/.test(port) ? Number(port) : port;
  const end = get(entry, 'endPort');
  return (protocol === 'ANY' ? ['TCP', 'UDP'] : [protocol]).map((each) => ({
    protocol: each,
    ...(number !== 0 && number !== '' && { port: number }),
    ...(end !== undefined && { endPort: end }),
  }));
}
