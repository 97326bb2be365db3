import type { Attempt, Direction, Namespaces, Peer, Policy, Side, Verdict, World } from './types.ts';

export type Solver = (attempt: Attempt) => Verdict;

/**
 * Decides whether policies let a connection pass. Both ends must: the caller's for egress, the called one's for
 * ingress. An end that no policy isolates in that direction lets everything pass, and so does one that is no pod.
 *
 * What no policy can stop is left out: a pod that talks to itself, and a node that talks to its own pods.
 */
export function solver({ namespaces, policies }: World): Solver {
  const known = new Map<Peer, Readonly<Record<Direction, readonly Policy[]>>>();
  const isolating = (peer: Peer): Readonly<Record<Direction, readonly Policy[]>> => {
    const before = known.get(peer);
    if (before !== undefined) return before;
    const own = policiesOn(peer, policies);
    const found = {
      ingress: own.filter(({ directions }) => directions.includes('ingress')),
      egress: own.filter(({ directions }) => directions.includes('egress')),
    };
    known.set(peer, found);
    return found;
  };
  return (attempt) => {
    const egress = side(isolating(attempt.from).egress, 'egress', attempt, namespaces);
    const ingress = side(isolating(attempt.to).ingress, 'ingress', attempt, namespaces);
    return { verdict: egress.allowed && ingress.allowed ? 'allowed' : 'denied', egress, ingress };
  };
}

function policiesOn(peer: Peer, policies: readonly Policy[]): readonly Policy[] {
  if (peer.kind === 'address') return [];
  return policies.filter((policy) => policy.namespace === peer.namespace && policy.selects(peer.labels));
}

function side(policies: readonly Policy[], direction: Direction, attempt: Attempt, namespaces: Namespaces): Side {
  if (policies.length === 0) return { allowed: true, policies: [] };
  const other = direction === 'ingress' ? attempt.from : attempt.to;
  const open = policies.filter((policy) =>
    policy.rules[direction].some(
      ({ peers, ports }) =>
        (ports === undefined || ports.some((matches) => matches(attempt))) &&
        (peers === undefined || peers.some((matches) => matches(other, namespaces))),
    ),
  );
  const deciding = open.length > 0 ? open : policies;
  return { allowed: open.length > 0, policies: deciding.map(({ name }) => name) };
}
