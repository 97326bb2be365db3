import type { Connection, OutsideEndpoint, Plan, Protocol } from '../types.ts';

export type Transport = 'TCP' | 'UDP';

export interface AddressRange {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Who is meant by an endpoint outside, as far as a NetworkPolicy can tell: all that its edges let through. */
export type Reach = {
  /** Where it is wider than the endpoint's name: why nothing narrower is right on every cluster. */
  readonly why: string;
  /** Ports that are open for an edge; absent: the edge's own. */
  readonly ports?: readonly number[] | 'any';
} & (
  | { readonly kind: 'addresses'; readonly ranges: readonly AddressRange[] }
  | {
      readonly kind: 'pods';
      readonly namespaces: { readonly only: string } | { readonly allBut: readonly string[] };
      readonly labels?: Readonly<Record<string, string>>;
    }
);

/**
 * Hosts have names, and policies know addresses. Pods of other namespaces have addresses too, so an edge to a host
 * opens its port on them as well; those of this stack let nobody in but their own callers. Link-local addresses are
 * left out: there, each cloud hands out the credentials of the node to whoever asks.
 */
const ANYWHERE: readonly AddressRange[] = [
  { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] },
  { cidr: '::/0', except: ['fd00:ec2::254/128', 'fe80::/10'] },
];

export function reachOf(
  plan: Pick<Plan, 'components' | 'exposure'>,
  { name, hosts = [], namespace }: OutsideEndpoint,
): Reach {
  if (namespace !== undefined)
    return { kind: 'pods', namespaces: { only: namespace }, why: 'its Service says its namespace, and not its pods' };
  if (hosts.length > 0 && hosts.every(isAddress))
    return {
      kind: 'addresses',
      ranges: hosts.map((host) => ({ cidr: rangeOf(host), except: [] })),
      why: 'exactly these addresses',
    };
  switch (name) {
    case 'cluster-dns':
      return {
        kind: 'pods',
        namespaces: { only: 'kube-system' },
        labels: { 'k8s-app': 'kube-dns' },
        why: 'exactly the pods of the DNS',
      };
    case 'public-gateway':
      return plan.exposure?.entry.kind === 'gateway'
        ? {
            kind: 'pods',
            namespaces: { only: plan.exposure.entry.namespace },
            why: 'each implementation of the Gateway API labels its pods its own way',
          }
        : {
            kind: 'pods',
            namespaces: { allBut: ownNamespaces(plan) },
            why: 'where the proxies of a class run, its controller decides',
          };
    case 'instrumented-pods':
      return {
        kind: 'pods',
        namespaces: { allBut: ownNamespaces(plan) },
        why: 'any application may send telemetry; which do is not known here',
      };
    case 'scrape-targets':
      return {
        kind: 'pods',
        namespaces: { allBut: ownNamespaces(plan) },
        ports: 'any',
        why: 'the annotations and ServiceMonitors of applications say where their metrics are',
      };
    case 'kubernetes-api':
      return {
        kind: 'addresses',
        ranges: ANYWHERE,
        // A policy sees the address behind the Service, where either port may be.
        ports: [443, 6443],
        why: 'where the API server listens is a matter of the distribution',
      };
    case 'nodes':
      return { kind: 'addresses', ranges: ANYWHERE, why: 'nodes come and go, and their addresses with them' };
    case 'sources':
    case 'object-storage':
    case 'alert-receivers':
    case 'token-service':
    case 'metadata-server':
    case 'pod-identity-agent':
    case 'hub':
    case 'oidc-issuer':
    case 'postgres':
    case 'profiles':
      return {
        kind: 'addresses',
        ranges: ANYWHERE,
        why: 'which addresses the name has, only DNS knows, and it changes',
      };
  }
}

/** True for an address, false for a name. */
export function isAddress(host: string): boolean {
  return /^[\d.]+$|:/.test(host);
}

/** The range that holds one address. */
export function rangeOf(address: string): string {
  return `${address}/${address.includes(':') ? '128' : '32'}`;
}

/** Namespaces of this cluster whose pods the plan knows: between them there are only edges with both ends named. */
function ownNamespaces({ components }: Pick<Plan, 'components'>): readonly string[] {
  return [...new Set(components.map(({ namespace }) => namespace))].toSorted();
}

/**
 * Alertmanager's gossip goes both ways, DNS takes TCP where an answer is too long for a packet. ICMP has no word in a
 * NetworkPolicy: Calico and Cilium let it through by a rule that names no ports, and with it all else.
 */
export function transportsOf(protocol: Protocol): readonly Transport[] {
  if (protocol === 'udp') return ['UDP'];
  return protocol === 'gossip' || protocol === 'dns' || protocol === 'icmp' ? ['TCP', 'UDP'] : ['TCP'];
}

/** The ports that a connection opens, on the transports of its protocol. */
export function openPorts(
  plan: Pick<Plan, 'components' | 'exposure'>,
  connection: Connection,
): readonly number[] | 'any' {
  if (connection.protocol === 'icmp') return 'any';
  const outside = [connection.from, connection.to].flatMap((end) => (end.kind === 'outside' ? [end] : []));
  const wider = outside.map((endpoint) => reachOf(plan, endpoint).ports).find((ports) => ports !== undefined);
  return wider ?? [connection.port];
}
