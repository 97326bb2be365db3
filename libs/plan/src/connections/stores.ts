import type { Connection, ObjectStoragePlan, PodEndpoint, Protocol, Workload } from '../types.ts';
import { call, leave, outside, pods } from './endpoints.ts';

type Store = 'loki' | 'mimir' | 'tempo';

/** Who calls whom over gRPC (or HTTP) inside a store in distributed mode: caller, called, why. */
const INSIDE: Readonly<Record<Store, readonly (readonly [string, string, string, ('grpc' | 'http')?])[]>> = {
  loki: [
    ['distributor', 'ingester', 'pushes lines to every replica'],
    ['querier', 'ingester', 'reads what is not flushed yet'],
    ['querier', 'query-scheduler', 'fetches queries to run'],
    ['querier', 'query-frontend', 'returns results'],
    ['querier', 'index-gateway', 'looks up chunks'],
    ['querier', 'compactor', 'asks which lines are deleted'],
    ['query-frontend', 'query-scheduler', 'queues queries'],
    ['query-frontend', 'querier', 'passes on tailing', 'http'],
    ['query-frontend', 'compactor', 'asks which cached results a deletion made wrong'],
    ['query-scheduler', 'query-frontend', 'returns errors'],
    ['ruler', 'query-frontend', 'evaluates remotely'],
    ['ruler', 'ruler', 'shares rule groups'],
    ['ruler', 'compactor', 'asks which lines are deleted'],
  ],
  mimir: [
    ['distributor', 'ingester', 'pushes samples to every replica'],
    ['querier', 'ingester', 'reads what is not in a block yet'],
    ['querier', 'store-gateway', 'reads blocks'],
    ['querier', 'query-scheduler', 'fetches queries to run'],
    ['querier', 'query-frontend', 'returns results'],
    ['query-frontend', 'query-scheduler', 'queues queries'],
    ['query-scheduler', 'query-frontend', 'returns errors'],
    ['ruler', 'ingester', 'reads and writes recent samples'],
    ['ruler', 'store-gateway', 'reads blocks'],
    ['ruler', 'ruler', 'shares rule groups'],
    ['ruler', 'alertmanager', 'sends alerts', 'http'],
    ['alertmanager', 'alertmanager', 'replicates silences and notifications'],
  ],
  tempo: [
    ['querier', 'live-store', 'reads what is not in a block yet'],
    ['querier', 'query-frontend', 'fetches queries and returns results'],
    ['backend-worker', 'backend-scheduler', 'fetches compaction jobs'],
  ],
};

/** Callers of each cache. */
const CACHES: Readonly<Record<Store, Readonly<Record<string, readonly string[]>>>> = {
  loki: {
    'chunks-cache': ['querier', 'ingester'],
    'results-cache': ['query-frontend'],
  },
  mimir: {
    'chunks-cache': ['store-gateway'],
    'index-cache': ['store-gateway'],
    'metadata-cache': ['querier', 'store-gateway', 'ruler'],
    'results-cache': ['query-frontend'],
  },
  tempo: { cache: ['querier', 'query-frontend', 'backend-worker', 'block-builder'] },
};

/** Roles that touch the buckets. */
const BUCKET_USERS: Readonly<Record<Store, readonly string[]>> = {
  loki: ['monolithic', 'ingester', 'querier', 'index-gateway', 'compactor', 'ruler'],
  mimir: ['monolithic', 'ingester', 'querier', 'store-gateway', 'compactor', 'ruler', 'alertmanager'],
  tempo: ['monolithic', 'block-builder', 'querier', 'query-frontend', 'backend-scheduler', 'backend-worker'],
};

/** Edges within one store, to its caches and to its buckets, for the workloads that the plan has. */
export function storeConnections(
  store: Store,
  workloads: readonly Workload[],
  storage: ObjectStoragePlan,
): readonly Connection[] {
  const roles = workloads.filter((workload) => workload.component === store).map((workload) => workload.role);
  const has = (role: string) => roles.includes(role);
  const members = roles.filter((role) =>
    workloads.some(
      (workload) =>
        workload.component === store &&
        workload.role === role &&
        workload.ports.some(({ name }) => name === 'memberlist'),
    ),
  );
  const gossip =
    members.length === 1 &&
    roles.length === 1 &&
    workloads.every((workload) => workload.component !== store || workload.replicas === 1)
      ? []
      : members.flatMap((from) =>
          members.map((to) =>
            call({
              from: pods(store, from),
              to: pods(store, to),
              port: 'memberlist',
              protocol: 'memberlist',
              why: 'gossip of the rings',
            }),
          ),
        );
  const inside = INSIDE[store]
    .filter(([from, to]) => has(from) && has(to))
    .map(([from, to, why, port = 'grpc']) =>
      call({ from: pods(store, from), to: pods(store, to), port, protocol: port, why, tenant: 'caller' }),
    );
  const peers =
    has('monolithic') && workloads.some((workload) => workload.component === store && workload.replicas > 1)
      ? [
          call({
            from: pods(store, 'monolithic'),
            to: pods(store, 'monolithic'),
            port: 'grpc',
            protocol: 'grpc',
            why: 'replicas call each other as roles do',
            tenant: 'caller',
          }),
        ]
      : [];
  const caches = Object.entries(CACHES[store]).flatMap(([cache, callers]) =>
    has(cache)
      ? callers.filter(has).map((role) =>
          call({
            from: pods(store, role),
            to: pods(store, cache),
            port: 'memcached',
            protocol: 'memcached',
            why: 'cache',
          }),
        )
      : [],
  );
  const buckets = BUCKET_USERS[store]
    .filter(has)
    .map((role) => toBuckets(pods(store, role), storage))
    .flat();
  // The ruler inside the process sends alerts through the Service, also where there is one replica.
  const alerts =
    store === 'mimir' && has('monolithic')
      ? [
          call({
            from: pods(store, 'monolithic'),
            to: pods(store, 'monolithic'),
            port: 'http',
            protocol: 'http',
            why: 'sends alerts to its alertmanager',
            tenant: 'caller',
          }),
        ]
      : [];
  return [...gossip, ...inside, ...peers, ...alerts, ...caches, ...buckets];
}

/** What a pod that keeps objects dials. */
export function toBuckets(from: PodEndpoint, storage: ObjectStoragePlan): readonly Connection[] {
  if (storage.kind === 'filesystem') return [];
  const tokens = storage.tokenSources.map(({ name, hosts, port, protocol }): Connection => ({
    ...leave(from, name, port, protocol, 'asks for credentials of the buckets'),
    to: { ...outside(name), hosts },
  }));
  if (storage.kind !== 's3') return [leave(from, 'object-storage', 443, 'https', 'objects'), ...tokens];
  const [host = '', port] = storage.endpoint.split(':');
  if (host.startsWith('seaweedfs.observability.'))
    return [call({ from, to: pods('seaweedfs', 'seaweedfs'), port: 's3', protocol: 's3', why: 'objects' })];
  const protocol: Protocol = storage.insecure ? 's3' : 'https';
  return [
    leave(
      from,
      'object-storage',
      port === undefined ? (storage.insecure ? 80 : 443) : Number(port),
      protocol,
      'objects',
    ),
    ...tokens,
  ];
}

/** Producers and consumers of Kafka's topics. */
export const KAFKA_CLIENTS: Readonly<Record<'mimir' | 'tempo', readonly string[]>> = {
  mimir: ['distributor', 'ingester', 'querier', 'query-frontend', 'ruler'],
  tempo: ['distributor', 'live-store', 'block-builder', 'metrics-generator'],
};
