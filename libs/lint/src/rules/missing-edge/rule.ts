import type { Connection } from '@lgtm-fleet/plan';
import type { Rule } from '../../types.ts';
import { rulePlace } from '../../view/blocked.ts';
import { callsOf } from '../../view/destinations.ts';
import { isEnd } from '../../view/planned.ts';
import { mayPass, type PolicyPort } from '../../view/policies.ts';

/** Grafana's gossip goes both ways; memberlist, as the stores run it, is TCP alone. */
function transports({ port, protocol }: Connection): readonly PolicyPort[] {
  return [{ port, protocol: 'TCP' }, ...(protocol === 'gossip' ? [{ port, protocol: 'UDP' }] : [])];
}

function roles({ from, to }: Connection): string {
  return [from, to].map((end) => (end.kind === 'pods' ? `${end.component}/${end.role}` : end.name)).join(' ');
}

export const rule: Rule = {
  meta: {
    id: 'missing-edge',
    family: 'network',
    severity: 'error',
    description: 'The NetworkPolicies stop a connection that the plan has.',
    why: 'Rings fall apart, or metrics of a component are never scraped: connections that no address in a file shows.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
  *cluster(cluster) {
    const configured = new Set(callsOf(cluster).map(({ from, to, port }) => `${from.name} ${to.name} ${port}`));
    const said = new Set<string>();
    for (const connection of cluster.plan.connections) {
      const callers = cluster.workloads.filter((workload) => isEnd(connection.from, workload));
      const called = cluster.workloads.filter((workload) => isEnd(connection.to, workload));
      for (const from of callers) {
        for (const to of called) {
          // What a file has an address for is found there: blocked-egress, blocked-ingress.
          const isConfigured = configured.has(`${from.name} ${to.name} ${connection.port}`);
          const ports = transports(connection).filter(({ protocol }) => protocol !== 'TCP' || !isConfigured);
          for (const direction of ['egress', 'ingress'] as const) {
            const [own, other] = direction === 'egress' ? [from, to] : [to, from];
            const peer = { kind: 'pods', workload: other } as const;
            const stopped = ports.filter((port) => !mayPass(cluster, own, direction, peer, port));
            const key = `${direction} ${roles(connection)} ${connection.port}`;
            if (stopped.length === 0 || said.has(key)) continue;
            said.add(key);
            yield {
              place: rulePlace(cluster, own, direction, peer),
              message: `\`${from.name}\` calls ${stopped.map(({ protocol }) => protocol).join(' and ')} port ${connection.port} of \`${to.name}\` (${connection.why}), and the ${direction} rules of \`${own.name}\` do not allow it`,
              help: `add ${direction === 'egress' ? 'an egress' : 'an ingress'} rule with the other pods and this port`,
            };
          }
        }
      }
    }
  },
};
