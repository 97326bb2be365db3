import type { Workload } from '@lgtm-fleet/manifests';
import { addressesOf, type Address } from './addresses.ts';
import type { ClusterView } from './cluster.ts';
import {
  kindsBehind,
  nameOf,
  serviceNamed,
  targetPort,
  type Name,
  type Service,
  type ServicePort,
} from './services.ts';

/** An address of the cluster's own, with what it leads to. */
export interface Destination {
  readonly address: Address;
  readonly name: Name;
  /** `undefined` where there is no Service of that name. */
  readonly service: Service | undefined;
  /** `undefined` where the Service has no such port, or the address names none. */
  readonly port: ServicePort | undefined;
}

const known = new WeakMap<ClusterView, readonly Destination[]>();

/** Every configured address that is the name of a Service. */
export function destinationsOf(cluster: ClusterView): readonly Destination[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const found = addressesOf(cluster).flatMap((address): readonly Destination[] => {
    const name = nameOf(cluster, address.host, address.programs[0]?.workload.namespace ?? '');
    if (name === undefined) return [];
    const service = serviceNamed(cluster, name);
    return [{ address, name, service, port: service && portOf(service, address) }];
  });
  known.set(cluster, found);
  return found;
}

/** An SRV record names the port; else its number counts, which for headless Services is the pod's own. */
function portOf(service: Service, address: Address): ServicePort | undefined {
  if (address.srv)
    return address.portName === undefined
      ? service.ports[0]
      : service.ports.find(({ name }) => name === address.portName);
  if (address.port === undefined) return undefined;
  return service.ports.find(({ port, protocol }) => port === address.port && protocol === 'TCP');
}

/** A call that the configuration makes: from the pods of one workload to a port of another's. */
export interface Call {
  readonly destination: Destination;
  readonly from: Workload;
  readonly to: Workload;
  /** Of the container. */
  readonly port: number;
}

const calls = new WeakMap<ClusterView, readonly Call[]>();

/** Every call that the configured addresses lead to, with both ends in the cluster. */
export function callsOf(cluster: ClusterView): readonly Call[] {
  const before = calls.get(cluster);
  if (before !== undefined) return before;
  const found = destinationsOf(cluster).flatMap((destination): readonly Call[] => {
    const { address, service } = destination;
    // Pods that a Service mixes up are a fault of its own; only members of a ring may be of many kinds.
    if (service === undefined || (!isGossip(address) && kindsBehind(cluster, service).size > 1)) return [];
    return address.callers.flatMap(({ workload: from }) =>
      service.workloads.flatMap((to): readonly Call[] => {
        const port = dialled(destination, to);
        // A pod is never kept from itself; through a Service in between it is not itself any more.
        const self = from === to && from.replicas === 1 && service.headless;
        return port === undefined || self ? [] : [{ destination, from, to, port }];
      }),
    );
  });
  calls.set(cluster, found);
  return found;
}

/** True for the address by which members of a ring find each other. */
export function isGossip({ key }: Address): boolean {
  return key.endsWith('join_members');
}

/** The container's port that an address leads to in a workload. */
export function dialled({ address, service, port }: Destination, to: Workload): number | undefined {
  // The name of a headless Service is that of its pods: callers dial them as the address says.
  if (service?.headless === true && !address.srv) return address.port;
  return port === undefined ? undefined : targetPort(to, port);
}
