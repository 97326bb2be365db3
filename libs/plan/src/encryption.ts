import type { ComponentName, Connection, Encryption, Endpoint } from './types.ts';

/**
 * What each component serves with TLS where the spec wants it, by the name of the port. `mutual-tls` asks the caller
 * for a certificate as well: that is for ports which only pods of the same component call, over gRPC. HTTP ports have
 * kubelets among their callers, which have none.
 */
const SERVED: Readonly<Partial<Record<ComponentName, Readonly<Record<string, Encryption>>>>> = {
  loki: { http: 'tls', grpc: 'mutual-tls' },
  mimir: { http: 'tls', grpc: 'mutual-tls' },
  tempo: { http: 'tls', grpc: 'mutual-tls', 'otlp-grpc': 'tls', 'otlp-http': 'tls' },
  prometheus: { http: 'tls' },
  gateway: { http: 'tls', 'otlp-grpc': 'tls' },
  grafana: { http: 'tls' },
  alertmanager: { http: 'tls' },
  'meta-monitoring': { http: 'tls' },
  'alloy-gateway': { 'otlp-peers': 'mutual-tls', 'otlp-tenants': 'tls' },
};

interface Plain {
  readonly is: (connection: Connection) => boolean;
  /** What a reader of the cluster's page and of the guide is told. */
  readonly what: string;
  readonly why: string;
}

const ports =
  (...names: readonly string[]) =>
  ({ portName }: Connection): boolean =>
    names.includes(portName);
const component =
  (...names: readonly ComponentName[]) =>
  ({ to }: Connection): boolean =>
    to.kind === 'pods' && names.includes(to.component);

/** What stays as it is, and why: the guide and each cluster's page print it. The first that fits a connection holds. */
export const PLAIN: readonly Plain[] = [
  {
    is: ports('memberlist'),
    what: 'gossip of the rings',
    why: 'the stores read the certificate of this listener once, so each renewal would be a restart of every member, and a forgotten one the end of the ring; who is in a ring passes here, no telemetry',
  },
  {
    is: ports('gossip'),
    what: "gossip of Grafana's replicas",
    why: 'which notification is out, no telemetry; the same listener for TCP and UDP',
  },
  {
    is: ports('memcached'),
    what: 'caches',
    why: 'neither HTTP nor gRPC, and memcached reads a renewed certificate only when a person tells it to; what is cached is telemetry, so only its store may call it',
  },
  {
    is: component('kafka'),
    what: 'Kafka',
    why: 'neither HTTP nor gRPC; its brokers would need key stores of their own. What passes is telemetry, so only the stores may call it',
  },
  {
    is: component('seaweedfs'),
    what: 'SeaweedFS',
    why: 'object storage for laboratories, in one pod; for data that matters take `s3`, which is HTTPS',
  },
  {
    is: ({ from, to }) =>
      to.kind === 'pods' && to.component === 'alloy-gateway' && (from.kind === 'outside' || from.component !== 'alloy'),
    what: 'OTLP from applications to `alloy-gateway`',
    why: 'every application would need the CA, in every namespace',
  },
  {
    is: component(
      'alloy',
      'alloy-gateway',
      'alloy-sources',
      'canary',
      'canary-traces',
      'kube-state-metrics',
      'node-exporter',
    ),
    what: "the collectors' own metrics",
    why: 'numbers about collectors and names of objects, which whoever may call them could read all the same',
  },
  {
    is: component('sample'),
    what: 'the sample application',
    why: 'it stands for an application, which decides for itself',
  },
  {
    is: ({ to }) => to.kind === 'outside' && (to.name === 'metadata-server' || to.name === 'pod-identity-agent'),
    what: 'credentials of the cloud, from an agent of the node',
    why: 'the cloud serves them over HTTP at a link-local address, which no packet leaves the node for',
  },
  {
    is: ({ to }) => to.kind === 'outside' && to.name === 'sources',
    what: 'what is asked of sources outside',
    why: 'each source decides, by its `scheme` or its own settings',
  },
  {
    is: ({ to, protocol }) => to.kind === 'outside' && to.name === 'alert-receivers' && protocol === 'tcp',
    what: 'e-mail with alerts',
    why: 'SMTP begins in plain text: Alertmanager asks the server for STARTTLS, and sends nothing without',
  },
  {
    is: ({ to }) => to.kind === 'outside' && (to.name === 'nodes' || to.name === 'scrape-targets'),
    what: 'scrapes of node-exporter, and of pods that ask for it by annotation',
    why: 'each pod decides, by the annotation `prometheus.io/scheme`',
  },
];

/** How a port of a role is served with `spec.tls`; `undefined`: as it is without. */
export function encryptionOf(to: Endpoint, portName: string): Encryption | undefined {
  return to.kind === 'pods' ? SERVED[to.component]?.[portName] : undefined;
}

/** True where pods of a component must show a certificate to each other; one process calls itself like that, too. */
export function isMutual(component: ComponentName): boolean {
  return Object.values(SERVED[component] ?? {}).includes('mutual-tls');
}

/** The graph with what `spec.tls` encrypts marked. */
export function encrypted(connections: readonly Connection[]): readonly Connection[] {
  return connections.map((connection) => {
    const encryption = encryptionOf(connection.to, connection.portName);
    return encryption === undefined ? connection : { ...connection, encryption };
  });
}

/** Why a connection is not encrypted although the spec wants encryption; `undefined` where there is no reason. */
export function plainReason(connection: Connection): Plain | undefined {
  return PLAIN.find(({ is }) => is(connection));
}

/** What of a graph stays plain: each once, in the order of the list. */
export function plainParts(connections: readonly Connection[]): readonly Pick<Plain, 'what' | 'why'>[] {
  const reasons = new Set(
    connections.filter(({ encryption }) => encryption === undefined).map((connection) => plainReason(connection)),
  );
  return PLAIN.filter((plain) => reasons.has(plain));
}
