import { signsInBy } from '../credentials.ts';
import { encrypted } from '../encryption.ts';
import { CLIENT_CERTIFICATES, GRPC_CLIENT_CERTIFICATES } from '../ports.ts';
import type {
  Connection,
  CredentialPlan,
  Endpoint,
  IngestPlan,
  NotificationsPlan,
  PodEndpoint,
  Port,
  TenantPlan,
  Workload,
} from '../types.ts';
import { alertConnections, withoutAlertBucket } from './alerts.ts';
import { call, leave, outside, pods, serviceOf } from './endpoints.ts';
import { otlpGrpcConnections } from './otlp-grpc.ts';
import { collectorConnections, hubConnections } from './signals.ts';
import { sourceConnections } from './sources.ts';
import { KAFKA_CLIENTS, storeConnections, toBuckets } from './stores.ts';
import { metaConnections, ruleConnections } from './watching.ts';
import { located, type Outsides } from './whereabouts.ts';

export interface ConnectionInputs extends Outsides {
  readonly workloads: readonly Workload[];
  readonly tenants: readonly TenantPlan[];
  readonly credentials: readonly CredentialPlan[];
  readonly ingest: IngestPlan;
  readonly notifications: NotificationsPlan | undefined;
}

/** The whole graph of who talks to whom; each edge once. */
export function planConnections(inputs: ConnectionInputs): readonly Connection[] {
  const { cluster, workloads, objectStorage } = inputs;
  const { spec } = cluster;
  const collectors = [
    ...collectorConnections(workloads, spec.role),
    ...sourceConnections(inputs.ingest, workloads, spec.role, spec.kubernetes.clusterDomain),
  ];
  const postgres = spec.grafana.database?.postgres;
  const stack =
    spec.role === 'edge'
      ? []
      : [
          ...(['loki', 'mimir', 'tempo'] as const).flatMap((store) =>
            withoutAlertBucket(cluster, storeConnections(store, workloads, objectStorage)),
          ),
          ...alertConnections(inputs),
          ...metaConnections(cluster, workloads),
          ...ruleConnections(workloads, inputs.credentials),
          ...kafkaConnections(workloads, spec.metrics.architecture === 'ingest-storage'),
          ...remoteRules(workloads, spec.metrics.architecture === 'ingest-storage', spec.tls !== undefined),
          ...bucketJob(workloads),
          ...(postgres === undefined ? toBuckets(pods('grafana', 'grafana'), objectStorage) : []),
          ...hubConnections({
            workloads,
            exposed: spec.exposure !== undefined,
            gatewayExposed: [spec.exposure?.ingest, spec.exposure?.queries, spec.exposure?.ingressClass].some(
              (way) => way !== undefined,
            ),
            oidc: spec.grafana.oidc !== undefined,
            ...(spec.grafana.profiles !== undefined && {
              profiles: spec.grafana.profiles.url.startsWith('https:') ? 'https' : 'http',
            }),
            ...(postgres !== undefined && { postgresPort: postgres.port }),
          }),
          ...otlpGrpcConnections(workloads, spec.exposure?.ingest?.grpcHostname !== undefined),
        ];
  const all = [
    ...stack,
    ...collectors,
    ...certificateConnections(inputs),
    ...canaryConnections(workloads),
    ...(spec.sample ? sampleConnections() : []),
  ];
  const graph = [...located(all, inputs), ...lookUps(all, workloads)];
  return spec.tls === undefined ? graph : encrypted(graph);
}

function kafkaConnections(workloads: readonly Workload[], ingestStorage: boolean): readonly Connection[] {
  if (!workloads.some((workload) => workload.component === 'kafka')) return [];
  const broker = pods('kafka', 'broker');
  const clients = ([...(ingestStorage ? (['mimir'] as const) : []), 'tempo'] as const).flatMap((store) =>
    KAFKA_CLIENTS[store]
      .filter((role) => workloads.some((workload) => workload.component === store && workload.role === role))
      .map((role) =>
        call({
          from: pods(store, role),
          to: broker,
          port: 'kafka',
          protocol: 'kafka',
          why: 'writes or reads its topic',
        }),
      ),
  );
  return [
    ...clients,
    call({ from: pods('kafka', 'topics'), to: broker, port: 'kafka', protocol: 'kafka', why: 'makes the topics' }),
    call({ from: broker, to: broker, port: 'kafka', protocol: 'kafka', why: 'replicates' }),
    call({ from: broker, to: broker, port: 'controller', protocol: 'kafka', why: 'elects and follows the controller' }),
  ];
}

/**
 * With ingest storage the ruler has no way to recent samples but the read path. With TLS it takes gRPC: over HTTP it
 * cannot be told a CA.
 */
function remoteRules(workloads: readonly Workload[], ingestStorage: boolean, tls: boolean): readonly Connection[] {
  if (!ingestStorage || !workloads.some(({ component, role }) => component === 'mimir' && role === 'ruler')) return [];
  return [
    call({
      from: pods('mimir', 'ruler'),
      to: pods('mimir', 'query-frontend'),
      port: tls ? 'grpc' : 'http',
      protocol: tls ? 'grpc' : 'http',
      why: 'evaluates remotely',
      tenant: 'caller',
    }),
  ];
}

function bucketJob(workloads: readonly Workload[]): readonly Connection[] {
  if (!workloads.some((workload) => workload.component === 'seaweedfs')) return [];
  return [
    call({
      from: pods('seaweedfs', 'buckets'),
      to: pods('seaweedfs', 'seaweedfs'),
      port: 's3',
      protocol: 's3',
      why: 'makes the buckets',
    }),
  ];
}

/** Canaries come in by the front door, as every tenant does. */
function canaryConnections(workloads: readonly Workload[]): readonly Connection[] {
  const to = pods('gateway', 'gateway');
  return workloads.flatMap(({ component, role }): readonly Connection[] => {
    const from = pods(component, role);
    if (component === 'canary')
      return [call({ from, to, port: 'http', protocol: 'http', why: `writes ${role}, and reads them back` })];
    if (component !== 'canary-traces') return [];
    return [
      call({ from, to, port: 'otlp-grpc', protocol: 'grpc', why: 'writes traces' }),
      call({ from, to, port: 'http', protocol: 'http', why: 'reads traces back' }),
    ];
  });
}

function sampleConnections(): readonly Connection[] {
  const shop = pods('sample', 'shop');
  const stock = pods('sample', 'stock');
  const load = pods('sample', 'load');
  const otlp = pods('alloy-gateway', 'alloy-gateway');
  return [
    call({ from: load, to: shop, port: 'http', protocol: 'http', why: 'checks out' }),
    call({ from: shop, to: stock, port: 'http', protocol: 'http', why: 'reserves items' }),
    ...[load, shop, stock].map((from) =>
      call({ from, to: otlp, port: 'otlp-http', protocol: 'http', why: 'sends metrics, logs and traces' }),
    ),
  ];
}

/** Those who show a client certificate come to a port of their own, where TLS ends at the gateway and not before. */
function certificateConnections({ cluster, tenants, credentials, ingest }: ConnectionInputs): readonly Connection[] {
  const { role, exposure } = cluster.spec;
  const pushing = tenants.some(({ credential }) => credential === 'certificate');
  const collectors = [
    pods('alloy', 'alloy'),
    pods('alloy-gateway', 'alloy-gateway'),
    ...(ingest.sources.length === 0 ? [] : [pods('alloy-sources', 'alloy-sources')]),
  ];
  const { port } = CLIENT_CERTIFICATES;
  if (role === 'edge')
    return pushing
      ? collectors.map((from) => leave(from, 'hub', port, 'https', 'pushes with a client certificate'))
      : [];
  if (!signsInBy(credentials, 'certificate')) return [];
  const reading = signsInBy(
    credentials.filter(({ reads }) => reads.length > 0),
    'certificate',
  );
  const to = pods('gateway', 'gateway');
  const come = (from: Endpoint, why: string, { name, port }: Port = CLIENT_CERTIFICATES): Connection => ({
    from,
    to,
    service: serviceOf(to),
    portName: name,
    port,
    protocol: 'https',
    tenant: 'none',
    why,
  });
  return [
    ...(pushing ? collectors.map((from) => come(from, 'pushes with a client certificate')) : []),
    ...(reading ? [come(pods('grafana', 'grafana'), 'queries with a client certificate')] : []),
    ...(exposure?.ingest === undefined
      ? []
      : [
          come(outside('public-gateway'), 'edges and outsiders push with client certificates'),
          come(
            outside('public-gateway'),
            'outsiders push OTLP by gRPC with client certificates',
            GRPC_CLIENT_CERTIFICATES,
          ),
        ]),
  ];
}

/** Who calls anybody by name asks the cluster's DNS first; a member of a ring looks for the others also where it is alone. */
function lookUps(connections: readonly Connection[], workloads: readonly Workload[]): readonly Connection[] {
  const callers = new Map<string, PodEndpoint>();
  for (const { component, role, ports } of workloads)
    if (ports.some(({ name }) => name === 'memberlist')) callers.set(`${component}/${role}`, pods(component, role));
  for (const { from } of connections) if (from.kind === 'pods') callers.set(`${from.component}/${from.role}`, from);
  return [...callers.values()].map((from) => ({
    from,
    to: outside('cluster-dns'),
    portName: 'dns',
    port: 53,
    protocol: 'dns',
    tenant: 'none',
    why: 'finds the others by name',
  }));
}
