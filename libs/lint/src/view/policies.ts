import {
  get,
  list,
  number,
  object,
  selects,
  selectsAll,
  strings,
  text,
  type Json,
  type Manifest,
  type Path,
  type Workload,
} from '@lgtm-fleet/manifests';
import { ciliumDirections, ciliumRules, ciliumSelector, takesName } from './cilium-policies.ts';
import type { ClusterView } from './cluster.ts';

export type Direction = 'ingress' | 'egress';

/** The other end of a connection. */
export type Peer =
  | { readonly kind: 'pods'; readonly workload: Workload }
  /** Pods that nobody here describes, in a namespace: cluster DNS. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** An address outside the cluster; which one, only DNS knows. */
  | { readonly kind: 'outside'; readonly host?: string };

export interface PolicyPort {
  readonly port: number;
  readonly protocol: string;
}

export interface Policy {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly selector: Json | undefined;
  readonly directions: readonly Direction[];
  readonly rules: (direction: Direction) => readonly PolicyRule[];
}

export interface PolicyRule {
  /** Where it stands in the manifest. */
  readonly path: Path;
  readonly peers: readonly Json[];
  readonly ports: readonly Json[];
}

const known = new WeakMap<ClusterView, readonly Policy[]>();

export function policiesOf(cluster: ClusterView): readonly Policy[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const policies = [...cluster.ofKind('NetworkPolicy'), ...cluster.ofKind('CiliumNetworkPolicy')].map(policyOf);
  known.set(cluster, policies);
  return policies;
}

export function policyOf(manifest: Manifest): Policy {
  const { body, namespace } = manifest;
  if (manifest.kind === 'CiliumNetworkPolicy')
    return {
      manifest,
      namespace,
      selector: ciliumSelector(body),
      directions: ciliumDirections(body),
      rules: (direction) => ciliumRules(body, direction),
    };
  const types = list(body, 'spec', 'policyTypes');
  // Without policyTypes: Ingress always, Egress where there are rules for it.
  const directions = (['ingress', 'egress'] as const).filter((direction) =>
    types.length === 0
      ? direction === 'ingress' || list(body, 'spec', 'egress').length > 0
      : types.includes(direction === 'ingress' ? 'Ingress' : 'Egress'),
  );
  const rulesOf = (direction: Direction): readonly PolicyRule[] =>
    list(body, 'spec', direction).map((rule, index) => ({
      path: ['spec', direction, index],
      peers: list(rule, direction === 'ingress' ? 'from' : 'to'),
      ports: list(rule, 'ports'),
    }));
  const rules = { ingress: rulesOf('ingress'), egress: rulesOf('egress') };
  return {
    manifest,
    namespace,
    selector: get(body, 'spec', 'podSelector'),
    directions,
    rules: (direction) => rules[direction],
  };
}

const held = new WeakMap<ClusterView, Map<Workload, readonly Policy[]>>();

/** The policies that hold for a workload's pods in a direction; none means that everything may pass. */
export function policiesFor(cluster: ClusterView, workload: Workload, direction: Direction): readonly Policy[] {
  const ofCluster = held.get(cluster) ?? new Map<Workload, readonly Policy[]>();
  held.set(cluster, ofCluster);
  const both = ofCluster.get(workload) ?? policiesOn(cluster, workload);
  ofCluster.set(workload, both);
  return both.filter(({ directions }) => directions.includes(direction));
}

function policiesOn(cluster: ClusterView, { pod, namespace, labels }: Workload): readonly Policy[] {
  // A pod on its node's network has the node's addresses, which no policy selects.
  if (get(pod, 'hostNetwork') === true) return [];
  return policiesOf(cluster).filter((policy) => policy.namespace === namespace && selects(policy.selector, labels));
}

/** True where the policies of one end let the connection pass; of course also where there are none. */
export function mayPass(
  cluster: ClusterView,
  workload: Workload,
  direction: Direction,
  peer: Peer,
  port: PolicyPort,
): boolean {
  // A pod on its node's network has the node's addresses, of which no label speaks: nobody here can say.
  if (peer.kind === 'pods' && get(peer.workload.pod, 'hostNetwork') === true) return true;
  const policies = policiesFor(cluster, workload, direction);
  const serving = direction === 'ingress' ? workload : peer.kind === 'pods' ? peer.workload : undefined;
  return (
    policies.length === 0 ||
    policies.some((policy) =>
      policy
        .rules(direction)
        .some(
          ({ peers, ports }) =>
            (ports.length === 0 || ports.some((one) => isPort(one, port, serving))) &&
            (peers.length === 0 || peers.some((one) => isPeer(cluster, policy, one, peer))),
        ),
    )
  );
}

/** True where an entry of `from` or `to` takes a peer. */
export function isPeer(cluster: ClusterView, policy: Policy, entry: Json, peer: Peer): boolean {
  if (peer.kind === 'pods') return podsOf(cluster, policy, entry).has(peer.workload);
  if (peer.kind === 'outside' && get(entry, 'fqdn') !== undefined) return takesName(entry, peer.host);
  // Which address a name has, only DNS knows: every range may hold it, but for those of the node itself.
  if (get(entry, 'ipBlock') !== undefined) return text(entry, 'ipBlock', 'cidr')?.startsWith('169.254.') !== true;
  if (peer.kind === 'outside') return isWorld(entry);
  return takesNamespace(cluster, policy, entry, peer.namespace);
}

const taken = new WeakMap<ClusterView, Map<string, ReadonlySet<Workload>>>();

/** The workloads of the cluster that an entry of `from` or `to` takes. */
export function podsOf(cluster: ClusterView, policy: Policy, entry: Json): ReadonlySet<Workload> {
  const ofCluster = taken.get(cluster) ?? new Map<string, ReadonlySet<Workload>>();
  taken.set(cluster, ofCluster);
  const key = `${policy.namespace} ${JSON.stringify(entry)}`;
  const pods = ofCluster.get(key) ?? new Set(cluster.workloads.filter((one) => takesPods(cluster, policy, entry, one)));
  ofCluster.set(key, pods);
  return pods;
}

function isWorld(entry: Json): boolean {
  return ['world', 'all'].includes(text(entry, 'entity') ?? '');
}

function takesPods(cluster: ClusterView, policy: Policy, entry: Json, { namespace, labels }: Workload): boolean {
  // Pods are named by labels; of ranges only that of all addresses is sure to hold theirs.
  const cidr = text(entry, 'ipBlock', 'cidr');
  if (cidr !== undefined) return cidr === '0.0.0.0/0' && !hasExceptions(entry);
  if (NOT_PODS.some((key) => get(entry, key) !== undefined)) return text(entry, 'entity') === 'all';
  const pods = get(entry, 'podSelector');
  return takesNamespace(cluster, policy, entry, namespace) && (pods === undefined || selects(pods, labels));
}

function takesNamespace(cluster: ClusterView, policy: Policy, entry: Json, namespace: string): boolean {
  const selector = get(entry, 'namespaceSelector');
  return selector === undefined
    ? namespace === policy.namespace
    : selects(selector, namespaceLabels(cluster, namespace));
}

/** What policies of Cilium know beside pods. */
const NOT_PODS = ['fqdn', 'entity', 'other'];

function hasExceptions(entry: Json): boolean {
  return list(entry, 'ipBlock', 'except').length > 0;
}

/** What the API server puts on each namespace, and what its manifest says. */
export function namespaceLabels(cluster: ClusterView, namespace: string): Readonly<Record<string, string>> {
  const manifest = cluster.find('Namespace', namespace);
  return {
    ...(manifest && strings(manifest.body, 'metadata', 'labels')),
    'kubernetes.io/metadata.name': namespace,
  };
}

function isPort(entry: Json, wanted: PolicyPort, serving: Workload | undefined): boolean {
  if ((text(entry, 'protocol') ?? 'TCP') !== wanted.protocol) return false;
  const named = text(entry, 'port');
  if (named !== undefined) {
    const ports = serving?.containers.flatMap(({ ports }) => ports) ?? [];
    return ports.some((port) => port.name === named && port.port === wanted.port);
  }
  const first = number(entry, 'port');
  if (first === undefined) return true;
  return wanted.port >= first && wanted.port <= (number(entry, 'endPort') ?? first);
}

/** True for a policy that takes every pod of its namespace and lets nothing pass: the default for all. */
export function deniesAll({ selector, rules }: Policy, direction: Direction): boolean {
  return selectsAll(selector) && rules(direction).length === 0;
}

/** True for a peer that is everything there is, in the cluster and outside. */
export function isEverybody(entry: Json): boolean {
  const cidr = text(entry, 'ipBlock', 'cidr');
  return cidr === '0.0.0.0/0' || cidr === '::/0' || isWorld(entry) || Object.keys(object(entry)).length === 0;
}
