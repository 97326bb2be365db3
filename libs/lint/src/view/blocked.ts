import type { Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import { callsOf, type Call } from './destinations.ts';
import { isPlanned } from './planned.ts';
import { isPeer, mayPass, policiesFor, type Direction, type Peer } from './policies.ts';

/** Calls to one Service, all stopped by the same policy. */
export interface Blocked {
  readonly call: Call;
  /** Workloads at the end whose policies stop them. */
  readonly stopped: readonly Workload[];
  /** Name of the policy. */
  readonly policy: string;
  readonly place: Place;
}

/** The calls that the configuration makes and that the policies of one end do not let pass. */
export function blockedCalls(cluster: ClusterView, direction: Direction): readonly Blocked[] {
  const found = new Map<string, Blocked>();
  for (const call of callsOf(cluster)) {
    const [own, other] = direction === 'egress' ? [call.from, call.to] : [call.to, call.from];
    const peer: Peer = { kind: 'pods', workload: other };
    if (mayPass(cluster, own, direction, peer, { port: call.port, protocol: 'TCP' })) continue;
    const policy = policyName(cluster, own, direction);
    const key = [policy, call.destination.address.host, call.port].join(' ');
    const before = found.get(key);
    const stopped = [...new Set([...(before?.stopped ?? []), own])];
    found.set(key, {
      call: before?.call ?? call,
      stopped,
      policy,
      place: before?.place ?? placeOf(cluster, call, direction),
    });
  }
  return [...found.values()];
}

/** The policy with the pods' own rules: not the one that denies everything to all. */
function policyName(cluster: ClusterView, workload: Workload, direction: Direction): string {
  const policies = policiesFor(cluster, workload, direction);
  return (policies.find(({ rules }) => rules(direction).length > 0) ?? policies[0])?.manifest.name ?? '';
}

/** A call that the plan has lacks a rule; any other has the wrong address. */
function placeOf(cluster: ClusterView, { from, to, port, destination }: Call, direction: Direction): Place {
  if (!isPlanned(cluster, from, to, port)) return destination.address.place;
  const [own, other] = direction === 'egress' ? [from, to] : [to, from];
  return rulePlace(cluster, own, direction, { kind: 'pods', workload: other });
}

/** Where a rule for a peer stands or should stand: the ports of one that has the peer already, else all rules. */
export function rulePlace(cluster: ClusterView, own: Workload, direction: Direction, peer: Peer): Place {
  const policies = policiesFor(cluster, own, direction);
  for (const policy of policies) {
    const rule = policy.rules(direction).find(({ peers }) => peers.some((one) => isPeer(cluster, policy, one, peer)));
    if (rule !== undefined) return inManifest(policy.manifest, ...rule.path, 'ports');
  }
  const policy = policies.find(({ rules }) => rules(direction).length > 0) ?? policies[0];
  return policy === undefined ? inManifest(own.manifest) : inManifest(policy.manifest, 'spec', direction);
}
