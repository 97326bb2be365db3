import { describe, get, number, selectedBy, text, type Json, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { isInPlan, isPlanned } from '../../view/planned.ts';
import { podsOf, policiesOf, type Direction } from '../../view/policies.ts';

interface Edge {
  readonly from: Workload;
  readonly to: Workload;
  readonly port: number;
  /** Of the port in its rule. */
  readonly index: number;
  /** The plan has the two talk on another port of the rule. */
  readonly known: boolean;
}

function unplanned(
  cluster: ClusterView,
  direction: Direction,
  own: readonly Workload[],
  others: readonly Workload[],
  ports: readonly Json[],
): Edge | undefined {
  const [one] = own;
  if (one === undefined) return undefined;
  for (const other of others) {
    const [from, to] = direction === 'ingress' ? [other, one] : [one, other];
    const asked = ports.map((port) => (text(port, 'protocol') === 'UDP' ? undefined : number(port, 'port')));
    const planned = asked.map((port) => port === undefined || isPlanned(cluster, from, to, port));
    const index = planned.indexOf(false);
    const port = asked[index];
    if (port !== undefined) return { from, to, port, index, known: planned.includes(true) };
  }
  return undefined;
}

export const rule: Rule = {
  meta: {
    id: 'unplanned-edge',
    family: 'network',
    severity: 'warning',
    description: 'A NetworkPolicy allows a connection that the plan does not have.',
    why: 'Nothing of the stack needs it, so whoever uses it should not: each edge that is open is one more way through the cluster.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    for (const policy of policiesOf(cluster)) {
      const own = selectedBy(policy.selector, policy.namespace, cluster.workloads).filter((one) =>
        isInPlan(cluster, one),
      );
      for (const direction of policy.directions) {
        for (const { path, peers, ports } of policy.rules(direction)) {
          for (const [index, peer] of peers.entries()) {
            // Whole namespaces are for what the plan calls outside: applications, the public gateway.
            if (get(peer, 'podSelector') === undefined) continue;
            const others = [...podsOf(cluster, policy, peer)].filter((workload) => isInPlan(cluster, workload));
            const edge = unplanned(cluster, direction, own, others, ports);
            if (edge === undefined) continue;
            const key = direction === 'ingress' ? 'from' : 'to';
            yield {
              place: inManifest(
                policy.manifest,
                ...path,
                ...(edge.known ? ['ports', edge.index, 'port'] : [key, index]),
              ),
              message: `${describe(policy.manifest)} lets \`${edge.from.name}\` call port ${edge.port} of \`${edge.to.name}\`, which nothing in the plan does`,
              help: `remove the ${edge.known ? 'port' : 'peer'}, or, if the plan should have this connection, add it there`,
            };
          }
        }
      }
    }
  },
};
