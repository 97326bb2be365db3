import { describe, get, list, number, selects, text, type Json, type Manifest } from '@lgtm-fleet/manifests';
import { inRange } from './addresses.ts';
import type { Direction, Namespaces, Peer, PeerMatch, Policy, PortMatch, Rule } from './types.ts';

/** A NetworkPolicy of `networking.k8s.io/v1`, as its API says it is read. */
export function networkPolicy(manifest: Manifest): Policy {
  const { body, namespace } = manifest;
  const selector = get(body, 'spec', 'podSelector');
  const rulesOf = (direction: Direction): readonly Rule[] =>
    list(body, 'spec', direction).map((rule) => ruleOf(rule, direction, namespace));
  const types = list(body, 'spec', 'policyTypes');
  // Where it does not say: ingress always, egress where it has rules for it.
  const isolates = (direction: Direction): boolean =>
    types.length > 0
      ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
      : direction === 'ingress' || list(body, 'spec', 'egress').length > 0;
  return {
    name: describe(manifest),
    namespace,
    selects: (labels) => selects(selector, labels),
    directions: (['ingress', 'egress'] as const).filter(isolates),
    rules: { ingress: rulesOf('ingress'), egress: rulesOf('egress') },
  };
}

/** A list that is empty is as one that is not there: all peers, all ports. */
function ruleOf(rule: Json, direction: Direction, home: string): Rule {
  const peers = list(rule, direction === 'ingress' ? 'from' : 'to');
  const ports = list(rule, 'ports');
  return {
    ...(peers.length > 0 && { peers: peers.map((peer) => remembered(peerOf(peer, home))) }),
    ...(ports.length > 0 && { ports: ports.map(portOf) }),
  };
}

/** A selector is asked of the same pods again and again, for every port. */
function remembered(match: PeerMatch): PeerMatch {
  const known = new WeakMap<Namespaces, WeakMap<Peer, boolean>>();
  return (peer, namespaces) => {
    const within = known.get(namespaces) ?? new WeakMap<Peer, boolean>();
    known.set(namespaces, within);
    const answer = within.get(peer) ?? match(peer, namespaces);
    within.set(peer, answer);
    return answer;
  };
}

function peerOf(peer: Json, home: string): PeerMatch {
  const block = get(peer, 'ipBlock');
  if (block !== undefined) {
    const cidr = text(block, 'cidr') ?? '';
    const except = list(block, 'except').filter((entry) => typeof entry === 'string');
    return (one) =>
      addressesOf(one).some(
        (address) => inRange(cidr, address) && !except.some((exception) => inRange(exception, address)),
      );
  }
  const pods = get(peer, 'podSelector');
  const namespaces = get(peer, 'namespaceSelector');
  // The API server refuses a peer that says nothing; it is nobody.
  if (pods === undefined && namespaces === undefined) return () => false;
  return (one, known) =>
    one.kind === 'pod' &&
    // Both of them, where both are there. An empty selector takes all, an absent one says nothing.
    (namespaces === undefined ? one.namespace === home : selects(namespaces, known.get(one.namespace) ?? {})) &&
    (pods === undefined || selects(pods, one.labels));
}

function addressesOf(peer: Peer): readonly string[] {
  return peer.kind === 'pod' ? peer.addresses : [peer.address];
}

function portOf(entry: Json): PortMatch {
  const transport = text(entry, 'protocol') ?? 'TCP';
  const named = text(entry, 'port');
  if (named !== undefined)
    return ({ to, port, protocol }) =>
      protocol === transport &&
      to.kind === 'pod' &&
      to.ports.some((one) => one.name === named && one.port === port && one.protocol === protocol);
  const first = number(entry, 'port');
  const last = number(entry, 'endPort') ?? first;
  return ({ port, protocol }) =>
    protocol === transport && (first === undefined || last === undefined || (port >= first && port <= last));
}
