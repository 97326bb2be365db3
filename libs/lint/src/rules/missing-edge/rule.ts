import type { Connection } from '@lgtm-fleet/plan';
import type { Rule } from '../../types.ts';
import { rulePlace } from '../../view/blocked.ts';
import { callsOf } from '../../view/destinations.ts';
import { isEnd } from '../../view/planned.ts';
import { mayPass, policiesFor } from '../../view/policies.ts';

function portOf({ port }: Connection): { readonly port: number; readonly protocol: string } {
  return { port, protocol: 'TCP' };
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
    const ended = new Set<string>();
    for (const connection of cluster.plan.connections) {
      const callers = cluster.workloads.filter((workload) => isEnd(connection.from, workload));
      const called = cluster.workloads.filter((workload) => isEnd(connection.to, workload));
      for (const from of callers) {
        for (const to of called) {
          // What a file has an address for is found there: blocked-egress, blocked-ingress.
          if (configured.has(`${from.name} ${to.name} ${connection.port}`)) continue;
          for (const direction of ['egress', 'ingress'] as const) {
            const [own, other] = direction === 'egress' ? [from, to] : [to, from];
            const peer = { kind: 'pods', workload: other } as const;
            const [policy] = policiesFor(cluster, own, direction);
            if (mayPass(cluster, own, direction, peer, portOf(connection))) continue;
            const key = `${policy?.manifest.name ?? ''} ${direction} ${connection.from.kind} ${roles(connection)} ${connection.port}`;
            if (ended.has(key)) continue;
            ended.add(key);
            yield {
              place: rulePlace(cluster, own, direction, peer),
              message: `${from.name} calls port ${connection.port} of ${to.name} (${connection.why}), and the ${direction} rules of ${own.name} do not allow it`,
              help: `add ${direction === 'egress' ? 'an egress' : 'an ingress'} rule with the other pods and this port`,
            };
          }
        }
      }
    }
  },
};
