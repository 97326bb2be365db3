import type { Manifest } from '@lgtm-fleet/manifests';
import { isAddress, type Plan, type PodEndpoint, type Workload } from '@lgtm-fleet/plan';
import { peerOf, workloadsOf, worldOf, type Peer, type PodPeer, type World } from '@lgtm-fleet/reachability';

/** Somebody who may call or be called. */
export interface Subject {
  readonly peer: Peer;
  /** Ours: a role of the plan. Unplanned: a pod in a namespace of ours that no plan has. Others: the world outside. */
  readonly side: 'ours' | 'unplanned' | 'others';
  readonly role?: Workload;
}

const NODE = '10.0.0.10';

/** Every role of a cluster, and of everybody else one of each sort that its policies might tell apart. */
export function subjectsOf(plan: Plan, manifests: readonly Manifest[]): readonly Subject[] {
  const workloads = plan.components.flatMap((component) => component.workloads);
  const rendered = workloadsOf(manifests).map((one, index): Subject => {
    const peer = peerOf(one, { pod: `10.244.0.${String(index)}`, node: NODE });
    if (peer.kind === 'address') return { peer, side: 'others' };
    const role = workloads.find(
      ({ component, role }) =>
        one.labels['app.kubernetes.io/name'] === component && one.labels['app.kubernetes.io/component'] === role,
    );
    return role === undefined ? { peer, side: 'unplanned' } : { peer, side: 'ours', role };
  });
  const own = [...new Set(plan.components.map(({ namespace }) => namespace))];
  const dns = { 'k8s-app': 'kube-dns' };
  return [
    ...rendered,
    ...own.map((namespace, index) => stranger(namespace, `10.244.1.${String(index)}`, 'unplanned')),
    // They bear the labels of ours, elsewhere.
    ...rendered.flatMap(({ peer, side }, index) =>
      peer.kind === 'pod' && side === 'ours'
        ? [
            copyOf(peer, 'shop', `10.244.3.${String(index)}`, 'others'),
            ...own
              .filter((namespace) => namespace !== peer.namespace)
              .slice(0, 1)
              .map((namespace) => copyOf(peer, namespace, `10.244.4.${String(index)}`, 'unplanned')),
          ]
        : [],
    ),
    stranger('shop', '10.244.2.1', 'others'),
    stranger('default', '10.244.2.2', 'others'),
    stranger(gatewayNamespace(plan), '10.244.2.3', 'others'),
    stranger('kube-system', '10.244.2.4', 'others'),
    stranger('kube-system', '10.244.2.5', 'others', dns),
    stranger('shop', '10.244.2.6', 'others', dns),
    host('a node', NODE),
    host('a host', '203.0.113.9'),
    host('a host over IPv6', '2001:db8::9'),
    host("the cloud's metadata", '169.254.169.254'),
    host("the cloud's metadata over IPv6", 'fd00:ec2::254'),
    host('a link-local address', 'fe80::1'),
    ...addressesOf(plan).map((address) => host(`the source ${address}`, address)),
  ];
}

/** Hosts outside that a policy can be exact about. */
function addressesOf({ connections }: Plan): readonly string[] {
  const hosts = connections.flatMap(({ to }) => (to.kind === 'outside' ? (to.hosts ?? []) : []));
  return [...new Set(hosts.filter(isAddress))];
}

function copyOf(peer: PodPeer, namespace: string, address: string, side: Subject['side']): Subject {
  const name = `a copy of ${peer.name} in ${namespace}`;
  return { peer: { ...peer, name, namespace, addresses: [address] }, side };
}

/** The policies and namespaces of a cluster, with those of the subjects that others make. */
export function worldAround(plan: Plan, manifests: readonly Manifest[]): World {
  return worldOf(manifests, ['shop', 'default', 'kube-system', gatewayNamespace(plan)]);
}

function gatewayNamespace(plan: Plan): string {
  return plan.exposure?.entry.kind === 'gateway' ? plan.exposure.entry.namespace : 'gateways';
}

function stranger(
  namespace: string,
  address: string,
  side: Subject['side'],
  labels: Readonly<Record<string, string>> = {},
): Subject {
  const name = Object.keys(labels).length === 0 ? `a stranger in ${namespace}` : `DNS in ${namespace}`;
  return { peer: { kind: 'pod', name, namespace, labels, addresses: [address], ports: [] }, side };
}

function host(name: string, address: string): Subject {
  return { peer: { kind: 'address', name, address }, side: 'others' };
}

export function isRole(endpoint: PodEndpoint, { role }: Subject): boolean {
  return role?.component === endpoint.component && role.role === endpoint.role;
}
