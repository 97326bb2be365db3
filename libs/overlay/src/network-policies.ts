import {
  serviceOf,
  type ComponentPlan,
  type Connection,
  type Endpoint,
  type Namespace,
  type OutsideEndpoint,
  type Plan,
  type PodEndpoint,
  type Workload,
} from '@lgtm-fleet/plan';
import type { KubernetesObject } from '@lgtm-fleet/resources';
import type { YamlValue } from '@lgtm-fleet/yaml';

const ANYWHERE: readonly YamlValue[] = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];

export interface Policy {
  readonly object: KubernetesObject;
  /** Why each rule is there, by its path in the object. */
  readonly comments: Readonly<Record<string, string>>;
}

/**
 * One policy for each role of a component, with exactly the edges of the connection graph. The namespaces
 * deny everything else in both directions and let every pod ask DNS.
 */
export function networkPolicies(plan: Plan, component: ComponentPlan): readonly Policy[] {
  const belongs = (endpoint: Endpoint) => endpoint.kind === 'pods' && endpoint.component === component.name;
  const connections = plan.connections.filter(({ from, to }) => belongs(from) || belongs(to));
  return component.workloads.map((workload) => {
    const mine = (endpoint: Endpoint) => belongs(endpoint) && 'role' in endpoint && endpoint.role === workload.role;
    const into = connections.filter(({ to }) => mine(to));
    const out = connections.filter(({ from, protocol }) => mine(from) && protocol !== 'dns');
    const ingress = rules(plan, component.namespace, into, ({ from }) => from, 'from');
    const egress = rules(plan, component.namespace, out, ({ to }) => to, 'to');
    const object: KubernetesObject = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: workload.name, labels: selector(workload) },
      spec: {
        podSelector: { matchLabels: selector(workload) },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length > 0 && { ingress: ingress.map(({ rule }) => rule) }),
        ...(egress.length > 0 && { egress: egress.map(({ rule }) => rule) }),
      },
    };
    const comments: Readonly<Record<string, string>> = Object.fromEntries<string>([
      ...ingress.map(({ why }, index) => [`spec/ingress/${String(index)}`, why] as const),
      ...egress.map(({ why }, index) => [`spec/egress/${String(index)}`, why] as const),
    ]);
    return { object, comments };
  });
}

function selector({ component, role }: Pick<Workload, 'component' | 'role'>): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': role };
}

/** Where targets say their own port. */
const ANY_PORT = 'TCP/0';

interface Rule {
  readonly rule: YamlValue;
  readonly why: string;
}

interface Peer {
  readonly endpoint: Endpoint;
  /** `TCP/9095`. */
  readonly ports: ReadonlySet<string>;
  readonly reasons: ReadonlySet<string>;
}

/** One rule for each set of ports, so that a peer never gets a port that only another one needs. */
function rules(
  plan: Plan,
  home: Namespace,
  connections: readonly Connection[],
  peerOf: (connection: Connection) => Endpoint,
  direction: 'from' | 'to',
): readonly Rule[] {
  const gossip = connections.find(({ protocol }) => protocol === 'memberlist');
  const grouped = new Map<string, string[]>();
  const peers = peersOf(
    connections.filter(({ protocol }) => protocol !== 'memberlist'),
    peerOf,
  );
  for (const [key, { endpoint, ports }] of peers) {
    const list = [...ports].toSorted(byNumber).join(' ');
    // Outside peers stay apart: an address range beside a pod selector would hide what it is for.
    const group = `${endpoint.kind === 'outside' ? key : ''}|${list}`;
    grouped.set(group, [...(grouped.get(group) ?? []), key]);
  }
  const sorted = [...grouped.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [
    ...(gossip === undefined ? [] : [ringRule(peerOf(gossip), direction)]),
    ...sorted.map(([group, keys]): Rule => {
      const list = (group.split('|')[1] ?? '').split(' ').filter((port) => port !== '' && port !== ANY_PORT);
      const members = keys.toSorted().flatMap((key) => peers.get(key) ?? []);
      const selectors = members.flatMap(({ endpoint }) =>
        endpoint.kind === 'pods' ? [podPeer(endpoint, home)] : outsidePeers(plan, endpoint.name),
      );
      const says = members.map(
        ({ endpoint, reasons }) =>
          `${endpoint.kind === 'pods' ? serviceOf(endpoint) : endpoint.name}: ${[...reasons].join('; ')}`,
      );
      return {
        rule: {
          [direction]: selectors,
          ...(list.length > 0 && { ports: list.map(portRule) }),
        },
        why: says.join('\n'),
      };
    }),
  ];
}

function peersOf(
  connections: readonly Connection[],
  peerOf: (connection: Connection) => Endpoint,
): ReadonlyMap<string, Peer> {
  const peers = new Map<string, Peer>();
  for (const connection of connections) {
    const endpoint = peerOf(connection);
    const key =
      endpoint.kind === 'pods'
        ? `1 ${endpoint.namespace} ${endpoint.component} ${endpoint.role}`
        : `2 ${endpoint.name}`;
    const known = peers.get(key);
    peers.set(key, {
      endpoint,
      ports: new Set([...(known?.ports ?? []), ...portsOf(connection, endpoint)]),
      reasons: new Set([...(known?.reasons ?? []), connection.why]),
    });
  }
  return peers;
}

/** All members of a ring gossip with all: said once, by the label that makes a pod a member. */
function ringRule(peer: Endpoint, direction: 'from' | 'to'): Rule {
  const component = peer.kind === 'pods' ? peer.component : '';
  return {
    rule: {
      [direction]: [{ podSelector: { matchLabels: { gossip: component } } }],
      ports: [{ protocol: 'TCP', port: 7946 }],
    },
    why: 'gossip among all members of the rings',
  };
}

function portsOf({ port, protocol }: Connection, peer: Endpoint): readonly string[] {
  // Behind the Service of the API server may stand either; a policy sees the address after translation.
  if (peer.kind === 'outside' && peer.name === 'kubernetes-api') return ['TCP/443', 'TCP/6443'];
  const transports = protocol === 'gossip' ? ['TCP', 'UDP'] : ['TCP'];
  return transports.map((transport) => `${transport}/${String(port)}`);
}

function byNumber(left: string, right: string): number {
  return Number(left.split('/')[1]) - Number(right.split('/')[1]) || (left < right ? -1 : 1);
}

function portRule(port: string): YamlValue {
  const [protocol, number] = port.split('/');
  return { protocol, port: Number(number) };
}

function podPeer(peer: PodEndpoint, home: Namespace): YamlValue {
  return {
    ...(peer.namespace !== home && {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
    }),
    podSelector: { matchLabels: selector(peer) },
  };
}

function outsidePeers(plan: Plan, name: OutsideEndpoint['name']): readonly YamlValue[] {
  switch (name) {
    case 'public-gateway':
      // Where the proxies of a class run is the cluster's own matter.
      return plan.exposure?.entry.kind === 'gateway'
        ? [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': plan.exposure.entry.namespace } } }]
        : [{ namespaceSelector: {} }];
    case 'instrumented-pods':
    case 'scrape-targets':
      return [{ namespaceSelector: {} }];
    default:
      return ANYWHERE;
  }
}
