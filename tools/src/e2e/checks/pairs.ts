import type { Peer, PodPeer, Solver } from '@lgtm-fleet/reachability';
import type { Seen } from '../check.ts';
import type { Answer, Knock } from './probe.ts';

/** Pods with the labels of a role, or of nobody. */
export interface Source {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Target extends Knock {
  readonly peer: Peer;
}

export interface Pair {
  readonly source: Source;
  readonly target: Target;
  readonly allowed: boolean;
}

/**
 * All pairs that the solver lets pass, and as many that it does not: in turn from each source, so that none is left
 * out, and first those that tell most: DNS and the API server.
 */
export function chosen(
  sources: readonly Source[],
  targets: readonly Target[],
  solve: Solver,
  least: number,
): readonly Pair[] {
  const pairs = sources.flatMap((source) => {
    const from: PodPeer = { kind: 'pod', ...source, addresses: [], ports: [] };
    return targets.map((target): Pair => {
      const { verdict } = solve({ from, to: target.peer, port: target.port, protocol: target.protocol });
      return { source, target, allowed: verdict === 'allowed' };
    });
  });
  const allowed = pairs.filter((pair) => pair.allowed);
  const denied = inTurn(pairs.filter((pair) => !pair.allowed));
  return [...allowed, ...denied.slice(0, Math.max(allowed.length, Math.ceil(least / 2)))];
}

/** The first of each source, then the second of each: and so on. */
function inTurn(pairs: readonly Pair[]): readonly Pair[] {
  const outsideFirst = (one: Pair): number => (isOutside(one.target) ? 0 : 1);
  const rows = [...Map.groupBy(pairs, ({ source }) => source).values()].map((row, index) => {
    const sorted = row.toSorted((left, right) => outsideFirst(left) - outsideFirst(right));
    // Not the same few targets from everybody.
    const outside = sorted.filter(({ target }) => isOutside(target));
    const inside = sorted.slice(outside.length);
    const turn = inside.length === 0 ? 0 : (index * 7) % inside.length;
    return [...outside, ...inside.slice(turn), ...inside.slice(0, turn)];
  });
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => rows.flatMap((row) => row[index] ?? [])).flat();
}

function isOutside({ peer }: Target): boolean {
  return peer.kind === 'address' || peer.namespace === 'kube-system';
}

/**
 * A port that refuses has been reached: what policies stop is not answered.
 * @throws Error where a pair behaves otherwise, or where there are too few of either sort
 */
export function judged(pairs: readonly Pair[], answers: ReadonlyMap<Pair, Answer>, least: number): Seen {
  const wrong = pairs.flatMap((pair) => {
    const answer = answers.get(pair) ?? 'not asked';
    const reached = answer === 'open' || answer === 'ECONNREFUSED';
    if (pair.allowed ? reached : answer === 'no answer') return [];
    const { source, target } = pair;
    const edge = `${source.namespace}/${source.name} → ${target.peer.name} ${target.protocol} ${String(target.port)}`;
    return [`${edge}: ${answer}, and ${pair.allowed ? 'policies allow it' : 'policies deny it'}`];
  });
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  const allowed = pairs.filter((pair) => pair.allowed).length;
  const denied = pairs.length - allowed;
  const open = pairs.filter((pair) => answers.get(pair) === 'open').length;
  if (Math.min(allowed, denied) < least / 2)
    throw new Error(`${String(allowed)} pairs allowed and ${String(denied)} denied are too few to tell`);
  // Where next to nobody listens, a port that refuses would stand for all.
  if (open < allowed * 0.8)
    throw new Error(`only ${String(open)} of ${String(allowed)} allowed pairs found a listener`);
  for (const protocol of ['UDP', 'TCP'] as const)
    if (!pairs.some(({ allowed, target }) => allowed && target.port === 53 && target.protocol === protocol))
      throw new Error(`DNS over ${protocol} was not asked`);
  if (!pairs.some(({ target }) => target.peer.kind === 'address')) throw new Error('the API server was not asked');
  return { detail: `${String(allowed)} pairs allowed, ${String(denied)} denied, all as solved` };
}
