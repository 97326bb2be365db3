import { get, list, matches, strings, text, type Manifest, type Path, type Workload } from '@lgtm-fleet/manifests';
import type { ClusterView } from './cluster.ts';

/** A Service with the pods behind it. */
export interface Service {
  readonly manifest: Manifest;
  readonly name: string;
  readonly namespace: string;
  readonly headless: boolean;
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>>;
  /** Empty for a Service that selects none: its endpoints are somebody else's work. */
  readonly workloads: readonly Workload[];
}

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** Name or number of the container's port. */
  readonly target: string | number;
  readonly protocol: string;
  /** Where it stands in the manifest. */
  readonly path: Path;
}

const known = new WeakMap<ClusterView, readonly Service[]>();

/** The Services of a cluster; those that only are another name for something (ExternalName) are left out. */
export function servicesOf(cluster: ClusterView): readonly Service[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const services = cluster
    .ofKind('Service')
    .filter(({ apiVersion, body }) => apiVersion === 'v1' && text(body, 'spec', 'type') !== 'ExternalName')
    .map((manifest) => serviceOf(manifest, cluster.workloads));
  known.set(cluster, services);
  return services;
}

function serviceOf(manifest: Manifest, workloads: readonly Workload[]): Service {
  const { body, name, namespace } = manifest;
  const selector = strings(body, 'spec', 'selector');
  const selects = Object.keys(selector).length > 0;
  return {
    manifest,
    name,
    namespace,
    headless: text(body, 'spec', 'clusterIP') === 'None',
    ports: list(body, 'spec', 'ports').map((port, index) => {
      const number = Number(get(port, 'port') ?? 0);
      const target = get(port, 'targetPort');
      return {
        name: text(port, 'name'),
        port: number,
        target: typeof target === 'string' || typeof target === 'number' ? target : number,
        protocol: text(port, 'protocol') ?? 'TCP',
        path: ['spec', 'ports', index],
      };
    }),
    selector,
    workloads: selects
      ? workloads.filter((workload) => workload.namespace === namespace && matches(selector, workload.labels))
      : [],
  };
}

/** The number of the container's port that a Service's port leads to in a workload; `undefined` where it has none. */
export function targetPort(workload: Workload, { target, protocol }: ServicePort): number | undefined {
  if (typeof target === 'number') return target;
  return workload.containers
    .flatMap(({ ports }) => ports)
    .find((port) => port.name === target && port.protocol === protocol)?.port;
}

/** What runs behind a Service, `loki distributor`, with one workload each: more than one is a mixture. */
export function kindsBehind(cluster: ClusterView, { workloads }: Service): ReadonlyMap<string, Workload> {
  const serving = cluster.programs.filter(
    ({ container, workload }) => container.ports.length > 0 && workloads.includes(workload),
  );
  return new Map(
    serving.map(({ name, target, workload }) => [target === 'all' ? name : `${name} ${target}`, workload] as const),
  );
}

/** What a host name means inside the cluster. */
export interface Name {
  readonly service: string;
  readonly namespace: string;
  /** `svc.cluster.local` or what stands there instead; empty for a name that needs the search domains. */
  readonly suffix: string;
}

/**
 * The Service that a host name is about: `<service>.<namespace>.svc.<domain>`, the same with a pod in front, or
 * shorter, as search domains complete it. `undefined` for names that mean something outside the cluster.
 *
 * @param home namespace of the pod that looks the name up
 */
export function nameOf(cluster: ClusterView, host: string, home: string): Name | undefined {
  const parts = host.split('.');
  const svc = parts.indexOf('svc');
  if (svc >= 2)
    return { service: parts[svc - 2] ?? '', namespace: parts[svc - 1] ?? '', suffix: parts.slice(svc).join('.') };
  const [first = '', second] = parts;
  if (second === undefined) return first === 'localhost' ? undefined : { service: first, namespace: home, suffix: '' };
  // Two words: a Service in another namespace of ours, or an address such as `example.com`.
  if (parts.length > 2 || !isOurs(cluster, second)) return undefined;
  return { service: first, namespace: second, suffix: '' };
}

/** True for a namespace whose Services are all known: the cluster's own files put some there. */
export function isOurs(cluster: ClusterView, namespace: string): boolean {
  return servicesOf(cluster).some((service) => service.namespace === namespace);
}

/** The Service of that name, if the cluster has it. */
export function serviceNamed(cluster: ClusterView, { service, namespace }: Name): Service | undefined {
  return servicesOf(cluster).find((one) => one.name === service && one.namespace === namespace);
}
