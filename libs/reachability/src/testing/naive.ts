import type { Attempt, Peer } from '../types.ts';

/** Labels, selectors and policies as plain JSON of the API. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

export interface RawPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface RawPort {
  readonly protocol?: string;
  readonly port?: string | number;
  readonly endPort?: number;
}

export interface RawRule {
  readonly from?: readonly RawPeer[];
  readonly to?: readonly RawPeer[];
  readonly ports?: readonly RawPort[];
}

export interface RawPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly RawRule[];
    readonly egress?: readonly RawRule[];
  };
}

export type RawNamespaces = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The same question, answered the long way round: every selector is spelt out into the pods that it takes, every
 * range of ports into its ports, every address into its bits.
 */
export function naive(policies: readonly RawPolicy[], namespaces: RawNamespaces, peers: readonly Peer[]) {
  return ({ from, to, port, protocol }: Attempt): boolean => {
    for (const outgoing of [true, false]) {
      const own = outgoing ? from : to;
      const other = outgoing ? to : from;
      let isolated = false;
      let open = false;
      for (const { namespace, spec } of policies) {
        if (own.kind !== 'pod' || own.namespace !== namespace || !takes(spec.podSelector, own.labels)) continue;
        const rules = (outgoing ? spec.egress : spec.ingress) ?? [];
        const types = spec.policyTypes ?? [];
        if (types.length === 0 && outgoing && rules.length === 0) continue;
        if (types.length > 0 && !types.includes(outgoing ? 'Egress' : 'Ingress')) continue;
        isolated = true;
        for (const rule of rules) {
          const entries = (outgoing ? rule.to : rule.from) ?? [];
          const taken =
            entries.length === 0 ? peers : entries.flatMap((entry) => spelt(entry, namespace, namespaces, peers));
          const ports = rule.ports ?? [];
          const knocks = `${protocol} ${String(port)}`;
          const opened = ports.length === 0 || ports.some((one) => portsOf(one, to).includes(knocks));
          if (opened && taken.includes(other)) open = true;
        }
      }
      if (isolated && !open) return false;
    }
    return true;
  };
}

function takes(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  for (const key of Object.keys(matchLabels)) if (!(key in labels) || labels[key] !== matchLabels[key]) return false;
  for (const { key, operator, values = [] } of matchExpressions) {
    const listed = key in labels && values.some((value) => value === labels[key]);
    if (operator === 'In' && !listed) return false;
    if (operator === 'NotIn' && listed) return false;
    if (operator === 'Exists' && !(key in labels)) return false;
    if (operator === 'DoesNotExist' && key in labels) return false;
  }
  return true;
}

function spelt(entry: RawPeer, home: string, namespaces: RawNamespaces, peers: readonly Peer[]): readonly Peer[] {
  if (entry.ipBlock !== undefined) {
    const { cidr, except = [] } = entry.ipBlock;
    return peers.filter((peer) =>
      (peer.kind === 'pod' ? peer.addresses : [peer.address]).some(
        (address) => holds(cidr, address) && except.every((one) => !holds(one, address)),
      ),
    );
  }
  if (entry.podSelector === undefined && entry.namespaceSelector === undefined) return [];
  const homes =
    entry.namespaceSelector === undefined
      ? [home]
      : Object.keys(namespaces).filter((name) => takes(entry.namespaceSelector ?? {}, namespaces[name] ?? {}));
  return peers.filter(
    (peer) => peer.kind === 'pod' && homes.includes(peer.namespace) && takes(entry.podSelector ?? {}, peer.labels),
  );
}

/** Bits as text; IPv4 only, which is all that this is tried with. */
function bits(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

function holds(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  return bits(address).startsWith(bits(network).slice(0, Number(length)));
}

/** The smallest and the largest port that anybody here knocks at. */
export const PORTS = { first: 1, last: 6 } as const;

function portsOf({ protocol = 'TCP', port, endPort }: RawPort, to: Peer): readonly string[] {
  const open: string[] = [];
  if (typeof port === 'string') {
    if (to.kind !== 'pod') return [];
    for (const one of to.ports)
      if (one.name === port && one.protocol === protocol) open.push(`${protocol} ${String(one.port)}`);
    return open;
  }
  for (let number = port ?? PORTS.first; number <= (port === undefined ? PORTS.last : (endPort ?? port)); number += 1)
    open.push(`${protocol} ${String(number)}`);
  return open;
}
