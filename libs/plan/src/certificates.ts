import type { ClusterSpec } from '@lgtm-fleet/spec';
import { namespaceOf } from './connections/endpoints.ts';
import { isMutual } from './encryption.ts';
import type { CertificatePlan, ComponentName, Connection, Endpoint, Namespace, Plan, PodEndpoint } from './types.ts';

/** The CA alone, for those that only call; each namespace has one where it is needed. */
const CA = 'internal-ca';

/** The spec's issuer, and every certificate that it is asked for. */
export function planEncryption(
  { spec: { tls, kubernetes } }: ClusterSpec,
  connections: readonly Connection[],
): Pick<Plan, 'tls' | 'certificates'> {
  return tls === undefined
    ? { certificates: [] }
    : { tls, certificates: certificatesOf(connections, kubernetes.clusterDomain) };
}

/** Whose Application makes the CA's Secret of a namespace. */
const CA_OWNERS: Readonly<Partial<Record<Namespace, ComponentName>>> = {
  observability: 'gateway',
  monitoring: 'alloy',
};

/**
 * A certificate for each component that serves something encrypted, and the CA for the others that call. One for all
 * roles of a store: its pods dial each other by address, and so expect one name, whoever answers.
 */
function certificatesOf(connections: readonly Connection[], clusterDomain: string): readonly CertificatePlan[] {
  const encrypted = connections.filter(({ encryption }) => encryption !== undefined);
  const servers = Map.groupBy(encrypted, ({ to }) => (to.kind === 'pods' ? to.component : undefined));
  const own = [...servers].flatMap(([component, calls]): readonly CertificatePlan[] => {
    if (component === undefined) return [];
    const namespace = namespaceOf(component);
    const services = [component, ...calls.flatMap(({ service }) => service ?? [])];
    const mutual = isMutual(component);
    return [
      {
        name: `${component}-tls`,
        component,
        namespace,
        secretName: `${component}-tls`,
        mounted: ['ca.crt', 'tls.crt', 'tls.key'],
        dnsNames: namesOf(services, namespace, clusterDomain),
        usages: ['digital signature', 'key encipherment', 'server auth', ...(mutual ? (['client auth'] as const) : [])],
        users: unique(
          [...calls.map(({ to }) => to), ...encrypted.map(({ from }) => from)].filter((end) => isOf(end, component)),
        ),
        why: mutual
          ? `what ${component} serves, and how its pods know each other`
          : `what ${component} serves; whom it calls it checks by the same CA`,
      },
    ];
  });
  return [...own, ...authorities(encrypted, clusterDomain, new Set(servers.keys()))];
}

/** Nobody is called so; cert-manager gives the CA only beside a certificate. */
function authorities(
  encrypted: readonly Connection[],
  clusterDomain: string,
  servers: ReadonlySet<ComponentName | undefined>,
): readonly CertificatePlan[] {
  const callers = unique(encrypted.map(({ from }) => from).filter((end) => !isServer(end, servers)));
  const exposed = encrypted.some(({ from }) => from.kind === 'outside' && from.name === 'public-gateway');
  return Object.entries(CA_OWNERS).flatMap(([name, component]): readonly CertificatePlan[] => {
    const namespace = name as Namespace;
    const users = callers.filter((caller) => caller.namespace === namespace);
    const forGateway = exposed && namespace === 'observability';
    if (users.length === 0 && !forGateway) return [];
    return [
      {
        name: CA,
        component,
        namespace,
        secretName: CA,
        mounted: ['ca.crt'],
        dnsNames: namesOf([CA], namespace, clusterDomain),
        usages: ['digital signature', 'server auth'],
        users,
        why: forGateway ? 'the CA, by which the public gateway checks whom it calls' : 'the CA, for who only calls',
      },
    ];
  });
}

/** The name by which pods of a component know each other, whatever their address. */
export function serverName(component: ComponentName, clusterDomain: string): string {
  return `${component}.${namespaceOf(component)}.svc.${clusterDomain}`;
}

function namesOf(services: readonly string[], namespace: Namespace, clusterDomain: string): readonly string[] {
  return [...new Set(services)]
    .toSorted()
    .flatMap((service) => [`${service}.${namespace}.svc`, `${service}.${namespace}.svc.${clusterDomain}`]);
}

function isOf(end: Endpoint, component: ComponentName): boolean {
  return end.kind === 'pods' && end.component === component;
}

function isServer(end: Endpoint, servers: ReadonlySet<ComponentName | undefined>): boolean {
  return end.kind === 'pods' && servers.has(end.component);
}

function unique(ends: readonly Endpoint[]): readonly PodEndpoint[] {
  const pods = ends.flatMap((end) => (end.kind === 'pods' ? [[`${end.component}/${end.role}`, end] as const] : []));
  return [...new Map(pods).values()];
}
