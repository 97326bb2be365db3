import {
  isOnNodeNetwork,
  openPorts,
  reachOf,
  serviceOf,
  transportsOf,
  type ComponentPlan,
  type Connection,
  type Endpoint,
  type Namespace,
  type Plan,
  type PodEndpoint,
  type Reach,
  type Workload,
} from '@lgtm-fleet/plan';
import type { KubernetesObject } from '@lgtm-fleet/resources';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { isByName } from './outside.ts';

export interface Policy {
  readonly object: KubernetesObject;
  /** Why each rule is there, by its path in the object. */
  readonly comments: Readonly<Record<string, string>>;
}

/**
 * One policy for each role of a component, with exactly the edges of the connection graph. The namespaces
 * deny everything else in both directions, and let those that have to ask DNS. Pods on the network of their node have
 * none: it would hold for nobody.
 */
export function networkPolicies(plan: Plan, component: ComponentPlan): readonly Policy[] {
  const guarded = component.workloads.filter((workload) => !isOnNodeNetwork(workload.component));
  const roleOf = (endpoint: Endpoint) =>
    endpoint.kind === 'pods' && endpoint.component === component.name ? endpoint.role : undefined;
  const connections = plan.connections.filter(({ from, to }) => (roleOf(from) ?? roleOf(to)) !== undefined);
  const intoRoles = Map.groupBy(connections, ({ to }) => roleOf(to));
  const outOfRoles = Map.groupBy(connections, ({ from }) => roleOf(from));
  return guarded.map((workload) => {
    const into = intoRoles.get(workload.role) ?? [];
    const out = (outOfRoles.get(workload.role) ?? []).filter(
      ({ to, protocol }) => protocol !== 'dns' && !isByName(plan, to),
    );
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

export function selector({ component, role }: Pick<Workload, 'component' | 'role'>): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': component, 'app.kubernetes.io/component': role };
}

interface Rule {
  readonly rule: YamlValue;
  readonly why: string;
}

interface Peer {
  readonly selectors: readonly YamlValue[];
  /** False for pods of ours: an address range beside a pod selector would hide what it is for. */
  readonly apart: boolean;
  /** `TCP/9095`. */
  readonly ports: ReadonlySet<string>;
  /** By the name of who is meant: several hosts outside are all the same addresses. */
  readonly meant: ReadonlyMap<string, Meant>;
}

interface Meant {
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
  const others = connections.filter(({ protocol }) => protocol !== 'memberlist');
  const peers = peersOf(plan, home, others, peerOf);
  const grouped = Map.groupBy(
    [...peers].toSorted(byKey),
    ([key, { apart, ports }]) => `${apart ? key : ''}|${[...ports].toSorted(byNumber).join(' ')}`,
  );
  return [
    ...(gossip === undefined ? [] : [ringRule(peerOf(gossip), direction)]),
    ...[...grouped].toSorted(byKey).map(([, entries]): Rule => {
      const members = entries.map(([, peer]) => peer);
      const ports = [...new Set(members.flatMap((peer) => [...peer.ports]))].toSorted(byNumber);
      return {
        rule: {
          [direction]: members.flatMap(({ selectors }) => selectors),
          ...(!ports.includes(EVERYTHING) && { ports: ports.map(portRule) }),
        },
        why: [...members.flatMap(says), ...(ports.includes(EVERYTHING) ? [PORTLESS] : [])].join('\n'),
      };
    }),
  ];
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

/** `hub: pushes metrics and logs`, with its ports where others that are meant have ports of their own. */
function says({ meant }: Peer): readonly string[] {
  return [...meant].toSorted(byKey).map(([name, { ports, reasons }]) => {
    const own = meant.size === 1 ? '' : ` (${[...ports].toSorted(byNumber).map(numberOf).join(', ')})`;
    return `${name}${own}: ${[...reasons].join('; ')}`;
  });
}

function peersOf(
  plan: Plan,
  home: Namespace,
  connections: readonly Connection[],
  peerOf: (connection: Connection) => Endpoint,
): ReadonlyMap<string, Peer> {
  const peers = new Map<string, Peer>();
  for (const connection of connections) {
    const endpoint = peerOf(connection);
    const reach = endpoint.kind === 'outside' ? reachOf(plan, endpoint) : undefined;
    const selectors = reach === undefined ? [podPeer(endpoint as PodEndpoint, home)] : outsidePeers(reach);
    const key =
      endpoint.kind === 'pods'
        ? `1 ${endpoint.namespace} ${endpoint.component} ${endpoint.role}`
        : `2 ${JSON.stringify(selectors)}`;
    const name = endpoint.kind === 'pods' ? serviceOf(endpoint) : endpoint.name;
    const known = peers.get(key);
    const before = known?.meant.get(name);
    const ports = portsOf(plan, connection);
    peers.set(key, {
      selectors,
      apart: reach !== undefined,
      ports: new Set([...(known?.ports ?? []), ...ports]),
      meant: new Map([
        ...(known?.meant ?? []),
        [
          name,
          {
            ports: new Set([...(before?.ports ?? []), ...ports]),
            reasons: new Set([...(before?.reasons ?? []), connection.why]),
          },
        ],
      ]),
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

const EVERYTHING = 'ANY/0';
const PORTLESS =
  'To let ICMP through it names no ports, for policies have no word for it: everything at these addresses.';

/** `TCP/0` for every port: targets say their own. `ANY/0` for everything, ICMP among it. */
export function portsOf(plan: Plan, connection: Connection): readonly string[] {
  if (connection.protocol === 'icmp') return [EVERYTHING];
  const ports = openPorts(plan, connection);
  return transportsOf(connection.protocol).flatMap((transport) =>
    (ports === 'any' ? [0] : ports).map((port) => `${transport}/${String(port)}`),
  );
}

function numberOf(port: string): string {
  return port.slice(port.indexOf('/') + 1);
}

export function byNumber(left: string, right: string): number {
  return Number(numberOf(left)) - Number(numberOf(right)) || (left < right ? -1 : 1);
}

function portRule(port: string): YamlValue {
  const number = Number(numberOf(port));
  return { protocol: port.slice(0, port.indexOf('/')), ...(number > 0 && { port: number }) };
}

function podPeer(peer: PodEndpoint, home: Namespace): YamlValue {
  return {
    ...(peer.namespace !== home && {
      namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: peer.namespace } },
    }),
    podSelector: { matchLabels: selector(peer) },
  };
}

/** What the API server writes on each namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

function outsidePeers(reach: Reach): readonly YamlValue[] {
  if (reach.kind === 'addresses')
    return reach.ranges.map(({ cidr, except }) => ({
      ipBlock: { cidr, ...(except.length > 0 && { except: [...except] }) },
    }));
  const { namespaces, labels } = reach;
  return [
    {
      namespaceSelector:
        'only' in namespaces
          ? { matchLabels: { [NAMESPACE_NAME]: namespaces.only } }
          : { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'NotIn', values: [...namespaces.allBut] }] },
      ...(labels !== undefined && { podSelector: { matchLabels: { ...labels } } }),
    },
  ];
}
