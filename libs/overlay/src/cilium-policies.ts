import {
  isAddress,
  rangeOf,
  reachOf,
  type ComponentPlan,
  type Connection,
  type Endpoint,
  type OutsideEndpoint,
  type Plan,
  type Workload,
} from '@lgtm-fleet/plan';
import type { KubernetesObject } from '@lgtm-fleet/resources';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { byNumber, portsOf, selector, type Policy } from './network-policies.ts';
import { isByName } from './outside.ts';

interface Rule {
  readonly rule: Readonly<Record<string, YamlValue>>;
  readonly why: string;
}

/**
 * What leaves the cluster, and what Cilium knows by an identity of its own: a policy for each role that has such an
 * edge, with exactly these. Policies only add, so those of Kubernetes beside it leave these edges out.
 */
export function ciliumPolicies(plan: Plan, component: ComponentPlan): readonly Policy[] {
  if (plan.kubernetes.networkPolicies !== 'cilium') return [];
  return component.workloads.flatMap((workload) => {
    const egress = egressRules(plan, workload);
    const ingress = ingressRules(plan, workload);
    return egress.length + ingress.length === 0 ? [] : [policy(workload, ingress, egress)];
  });
}

function policy(workload: Workload, ingress: readonly Rule[], egress: readonly Rule[]): Policy {
  const object: KubernetesObject = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: workload.name, labels: selector(workload) },
    spec: {
      endpointSelector: { matchLabels: selector(workload) },
      ...(ingress.length > 0 && { ingress: ingress.map(({ rule }) => rule) }),
      ...(egress.length > 0 && { egress: egress.map(({ rule }) => rule) }),
    },
  };
  const comments = Object.fromEntries([
    ...ingress.map(({ why }, index) => [`spec/ingress/${String(index)}`, why] as const),
    ...egress.map(({ why }, index) => [`spec/egress/${String(index)}`, why] as const),
  ]);
  return { object, comments };
}

/** Cilium learns which addresses a name has from the answers that pass its proxy, so their names are let through there. */
const DNS: Rule = {
  rule: {
    toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
    toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
  },
  why: 'cluster-dns: through the proxy that learns the addresses of the names below',
};

function egressRules(plan: Plan, workload: Workload): readonly Rule[] {
  const out = plan.connections.filter(({ from, to }) => isOf(workload, from) && isByName(plan, to));
  const rules = outsidesOf(plan, out, ({ to }) => to).flatMap((outside) =>
    destinations(plan, outside.endpoint).map((to) => ({
      rule: { ...to, ...(outside.pings ? PING : toPorts(outside)) },
      why: saysOf(outside),
    })),
  );
  return [...(rules.some(({ rule }) => 'toFQDNs' in rule) ? [DNS] : []), ...rules];
}

/** Echo requests; replies to them pass by themselves. A rule has either these or ports. */
const PING = {
  icmps: [
    {
      fields: [
        { family: 'IPv4', type: 8 },
        { family: 'IPv6', type: 128 },
      ],
    },
  ],
};

/** The proxy that is Cilium itself is no pod: it has no labels for a policy of Kubernetes to select. */
function ingressRules(plan: Plan, workload: Workload): readonly Rule[] {
  const into = plan.connections.filter(
    ({ from, to }) => isOf(workload, to) && from.kind === 'outside' && from.name === 'public-gateway',
  );
  return outsidesOf(plan, into, ({ from }) => from).map((outside) => ({
    rule: { fromEntities: ['ingress'], ...toPorts(outside) },
    why: saysOf(outside),
  }));
}

function isOf({ component, role }: Workload, end: Endpoint): boolean {
  return end.kind === 'pods' && end.component === component && end.role === role;
}

interface Outside {
  readonly endpoint: OutsideEndpoint;
  readonly pings: boolean;
  /** `TCP/443`. */
  readonly ports: readonly string[];
  readonly reasons: readonly string[];
}

/** Who is dialled: each host once, with the ports of all edges there, together with others that have the same. */
function outsidesOf(
  plan: Plan,
  connections: readonly Connection[],
  peerOf: (connection: Connection) => Endpoint,
): readonly Outside[] {
  const edges = connections.flatMap((connection) => {
    const endpoint = peerOf(connection);
    if (endpoint.kind !== 'outside') return [];
    const { name, hosts = [''] } = endpoint;
    return hosts.map((host) => ({ name, host, pings: connection.protocol === 'icmp', connection }));
  });
  const single = [...Map.groupBy(edges, ({ name, host, pings }) => [name, host, pings].join(' ')).values()].flatMap(
    (group) =>
      group.slice(0, 1).map(({ name, host, pings }) => ({
        name,
        host,
        pings,
        ports: unique(group.flatMap(({ connection }) => portsOf(plan, connection))).toSorted(byNumber),
        reasons: unique(group.map(({ connection }) => connection.why)),
      })),
  );
  // Who may be anywhere is none of those who are named, though the port is the same.
  const alike = Map.groupBy(single, ({ name, host, pings, ports }) => [name, host === '', pings, ...ports].join(' '));
  return [...alike.values()]
    .flatMap((group) =>
      group.slice(0, 1).map(({ name, pings, ports }): Outside => {
        const hosts = group.map(({ host }) => host).filter((host) => host !== '');
        const endpoint = { kind: 'outside', name, ...(hosts.length > 0 && { hosts: hosts.toSorted() }) } as const;
        return { endpoint, pings, ports, reasons: unique(group.flatMap(({ reasons }) => reasons)) };
      }),
    )
    .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

function keyOf({ endpoint: { name, hosts = [] } }: Outside): string {
  return [name, ...hosts].join(',');
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** Ranges never hold a node or the API server for Cilium: they are entities. Names and addresses cannot share a rule. */
function destinations(plan: Plan, endpoint: OutsideEndpoint): readonly Readonly<Record<string, YamlValue>>[] {
  const { name, hosts = [] } = endpoint;
  switch (name) {
    case 'kubernetes-api':
      return [{ toEntities: ['kube-apiserver'] }];
    case 'nodes':
      return [{ toEntities: ['host', 'remote-node'] }];
    // Its link-local address is one of the pod's own node.
    case 'pod-identity-agent':
      return [{ toEntities: ['host'] }];
    case 'sources':
      return hosts.length > 0 ? byHosts(hosts) : [{ toCIDRSet: anywhere(plan, endpoint) }];
    default:
      return byHosts(hosts);
  }
}

function byHosts(hosts: readonly string[]): readonly Readonly<Record<string, YamlValue>>[] {
  const names = hosts.filter((host) => !isAddress(host));
  const addresses = hosts.filter(isAddress);
  return [
    ...(names.length > 0 ? [{ toFQDNs: names.map((matchName) => ({ matchName })) }] : []),
    ...(addresses.length > 0 ? [{ toCIDR: addresses.map(rangeOf) }] : []),
  ];
}

/** Targets whose addresses only their list knows. No pod is in a range for Cilium, so that these are outside. */
function anywhere(plan: Plan, endpoint: OutsideEndpoint): YamlValue {
  const reach = reachOf(plan, endpoint);
  if (reach.kind !== 'addresses') throw new Error(`${endpoint.name} has no addresses`);
  return reach.ranges.map(({ cidr, except }) => ({ cidr, ...(except.length > 0 && { except: [...except] }) }));
}

function toPorts({ ports }: Outside): Readonly<Record<string, YamlValue>> {
  const list = ports.map((each) => {
    const [protocol = '', port = ''] = each.split('/');
    return { port, protocol };
  });
  return { toPorts: [{ ports: list }] };
}

function saysOf({ endpoint, reasons }: Outside): string {
  return `${endpoint.name}: ${reasons.join('; ')}`;
}
