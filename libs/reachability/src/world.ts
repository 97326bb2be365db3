import { get, strings, workloadOf, type Manifest, type Workload } from '@lgtm-fleet/manifests';
import { networkPolicy } from './network-policy.ts';
import type { NamedPort, Peer, Transport, World } from './types.ts';

/** What the API server puts on each namespace by itself. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The policies of rendered manifests, and the namespaces: those that are rendered, and others by name. */
export function worldOf(manifests: readonly Manifest[], others: readonly string[] = []): World {
  const rendered = manifests
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ name, body }) => [name, { ...strings(body, 'metadata', 'labels'), [NAME_LABEL]: name }] as const);
  return {
    namespaces: new Map([...others.map((name) => [name, { [NAME_LABEL]: name }] as const), ...rendered]),
    policies: manifests
      .filter(({ apiVersion, kind }) => kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1')
      .map(networkPolicy),
  };
}

/** The pod of a workload's template. On its node's network it has no policies and no labels, only the node's address. */
export function peerOf(workload: Workload, addresses: { readonly pod: string; readonly node: string }): Peer {
  const { name, namespace, labels, pod, containers } = workload;
  if (get(pod, 'hostNetwork') === true) return { kind: 'address', name, address: addresses.node };
  const ports = containers.flatMap((container) =>
    container.ports.flatMap((port): readonly NamedPort[] =>
      port.name === undefined ? [] : [{ name: port.name, port: port.port, protocol: port.protocol as Transport }],
    ),
  );
  return { kind: 'pod', name, namespace, labels, addresses: [addresses.pod], ports };
}

export function workloadsOf(manifests: readonly Manifest[]): readonly Workload[] {
  return manifests.flatMap((manifest) => workloadOf(manifest) ?? []);
}
