import type { ComponentPlan, Connection, Endpoint, Namespace, OutsideEndpoint, Plan, PodEndpoint, Workload } from '@lgtm-fleet/plan';
import type { KubernetesObject } from '@lgtm-fleet/resources';
import type { YamlValue } from '@lgtm-fleet/yaml';

const ANYWHERE: readonly YamlValue[] = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];

/**
 * One policy for each role of a component, with exactly the edges of the connection graph. The namespaces
 * deny everything else in both directions and let every pod ask DNS.
 */
export function networkPolicies(plan: Plan, component: ComponentPlan): readonly KubernetesObject[] {
  return component.workloads.map((workload) => {
    const mine = (endpoint: Endpoint) => endpoint.kind === 'pods' && endpoint.component === workload.component && endpoint.role === workload.role;
    const into = plan.connections.filter(({ to }) => mine(to));
    const out = plan.connections.filter(({ from, protocol }) => mine(from) && protocol !== 'dns');
    const ingress = rules(plan, component.namespace, into, ({ from }) => from, 'from');
    const egress = rules(plan, component.namespace, out, ({ to }) => to, 'to');
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: workload.name, labels: selector(workload) },
      spec: {
        podSelector: { matchLabels: selector(workload) },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length > 0 && { ingress }),
        ...(egress.length > 0 && { egress }),
      },
    };
  });
}

function selector({ component, role }: Pick<Workload, 'component' | 'role'>): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': role };
}

/** One rule for each set of ports, so that a peer never gets a port that only another one needs. */
function rules(plan: Plan, home: Namespace, connections: readonly Connection[], peerOf: (connection: Connection) => Endpoint, direction: 'from' | 'to'): readonly YamlValue[] {
  const ports = new Map<string, Set<number>>();
  const peers = new Map<string, Endpoint>();
  for (const connection of connections) {
    const peer = peerOf(connection);
    const key = peer.kind === 'pods' ? `1 ${peer.namespace} ${peer.component} ${peer.role}` : `2 ${peer.name}`;
    peers.set(key, peer);
    const wanted = ports.get(key) ?? new Set<number>();
    for (const port of portNumbers(connection, peer)) wanted.add(port);
    ports.set(key, wanted);
  }
  const grouped = new Map<string, string[]>();
  for (const [key, wanted] of ports) {
    const list = [...wanted].toSorted((left, right) => left - right).join(' ');
    // Outside peers stay apart: an address range beside a pod selector would hide what it is for.
    const group = `${key.startsWith('2') ? key : ''}|${list}`;
    grouped.set(group, [...(grouped.get(group) ?? []), key]);
  }
  return [...grouped.entries()]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([group, keys]) => {
      const list = (group.split('|')[1] ?? '').split(' ').filter((port) => port !== '' && port !== '0');
      const peerRules = keys.toSorted().flatMap((key) => {
        const peer = peers.get(key);
        return peer === undefined ? [] : peer.kind === 'pods' ? [podPeer(peer, home)] : outsidePeers(plan, peer.name);
      });
      return { [direction]: peerRules, ...(list.length > 0 && { ports: list.map((port) => ({ protocol: 'TCP', port: Number(port) })) }) };
    });
}

function portNumbers(connection: Connection, peer: Endpoint): readonly number[] {
  // Behind the Service of the API server may stand either; a policy sees the address after translation.
  return peer.kind === 'outside' && peer.name === 'kubernetes-api' ? [443, 6443] : [connection.port];
}

function podPeer(peer: PodEndpoint, home: Namespace): YamlValue {
  return {
    ...(peer.namespace !== home && { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } } }),
    podSelector: { matchLabels: selector(peer) },
  };
}

function outsidePeers(plan: Plan, name: OutsideEndpoint['name']): readonly YamlValue[] {
  switch (name) {
    case 'public-gateway':
      return [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': plan.exposure?.gateway.namespace ?? '' } } }];
    case 'instrumented-pods':
    case 'scrape-targets':
      return [{ namespaceSelector: {} }];
    default:
      return ANYWHERE;
  }
}
