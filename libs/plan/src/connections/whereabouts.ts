import type { ClusterSpec } from '@lgtm-fleet/spec';
import type { BucketNames, CollectionPlan, Connection, GrafanaPlan, ObjectStoragePlan, PodEndpoint } from '../types.ts';
import { isAddress } from './reach.ts';

export interface Outsides {
  readonly cluster: ClusterSpec;
  readonly objectStorage: ObjectStoragePlan;
  readonly buckets: BucketNames;
  readonly grafana: GrafanaPlan | undefined;
  readonly collection: CollectionPlan;
}

/** The same edges, and where what is outside is dialled, as far as anybody can know. An edge for each port. */
export function located(connections: readonly Connection[], outsides: Outsides): readonly Connection[] {
  return connections.flatMap((connection) => {
    const { from, to } = connection;
    if (to.kind !== 'outside' || to.hosts !== undefined || from.kind !== 'pods') return [connection];
    return ports(connection, hostsOf(from, to.name, outsides)).map(({ hosts, port }) => {
      const namespace = namespaceOfHosts(hosts, from.namespace, outsides.cluster.spec.kubernetes.clusterDomain);
      return {
        ...connection,
        port,
        to: { ...to, ...(hosts.length > 0 && { hosts }), ...(namespace !== undefined && { namespace }) },
      };
    });
  });
}

type Outside = Extract<Connection['to'], { readonly kind: 'outside' }>;

/** `host` or `host:port`. */
function hostsOf(from: PodEndpoint, name: Outside['name'], outsides: Outsides): readonly string[] {
  switch (name) {
    case 'object-storage':
      return bucketHosts(from, outsides);
    case 'hub':
      return [new URL(outsides.collection.gatewayUrl).host];
    case 'oidc-issuer': {
      // The third address is opened by the browser of whoever signs in.
      const { tokenUrl, userInfoUrl } = outsides.grafana?.oidc ?? {};
      return [tokenUrl, userInfoUrl].flatMap((url) => (url === undefined ? [] : [new URL(url).host]));
    }
    case 'postgres': {
      const host = outsides.cluster.spec.grafana.database?.postgres?.host;
      return host === undefined ? [] : [host];
    }
    case 'profiles': {
      const url = outsides.grafana?.profiles?.url;
      return url === undefined ? [] : [new URL(url).host];
    }
    case 'alert-receivers':
    case 'token-service':
    case 'metadata-server':
    case 'pod-identity-agent':
    case 'cluster-dns':
    case 'kubernetes-api':
    case 'public-gateway':
    case 'nodes':
    case 'scrape-targets':
    case 'sources':
    case 'instrumented-pods':
      return [];
  }
}

function ports(
  { port }: Connection,
  written: readonly string[],
): readonly { readonly port: number; readonly hosts: readonly string[] }[] {
  if (written.length === 0) return [{ port, hosts: [] }];
  const byPort = Map.groupBy(written, (host) => Number(/:(\d+)$/.exec(host)?.[1] ?? port));
  return [...byPort].map(([each, hosts]) => ({
    port: each,
    hosts: [...new Set(hosts.map((host) => host.replace(/:\d+$/, '').toLowerCase()))].toSorted(),
  }));
}

const BUCKETS_OF: Readonly<Record<string, readonly (keyof BucketNames)[]>> = {
  loki: ['loki', 'lokiRuler'],
  mimir: ['mimirBlocks', 'mimirRuler', 'mimirAlertmanager'],
  tempo: ['tempo'],
  grafana: ['grafana'],
};

function bucketHosts({ component }: PodEndpoint, { objectStorage: storage, buckets }: Outsides): readonly string[] {
  if (storage.kind === 'gcs') return ['storage.googleapis.com'];
  if (storage.kind === 'azure') return [`${storage.account}.${storage.endpointSuffix}`];
  if (storage.kind === 'filesystem') return [];
  const own = (BUCKETS_OF[component] ?? []).map((purpose) => buckets[purpose]);
  const [host = ''] = storage.endpoint.split(':');
  const amazon = /^s3[.-](?!.*(fips|vpce)).*(amazonaws\.com(?:\.cn)?)$/i.exec(host)?.[2];
  // The client changes the address of Amazon to that of the region, and to the one for both kinds of IP.
  const hosts =
    amazon === undefined ? [host] : ['s3', 's3.dualstack'].map((name) => `${name}.${storage.region}.${amazon}`);
  if (storage.pathStyle) return hosts;
  const virtual = hosts.flatMap((each) => own.map((bucket) => `${bucket}.${each}`));
  // Which stores of others have a name for each bucket, only the client knows.
  return amazon === undefined && !isAddress(host) ? [...hosts, ...virtual] : amazon === undefined ? hosts : virtual;
}

/** The namespace of Services that somebody else runs here: policies know their pods by it, and not by addresses. */
export function namespaceOfHosts(hosts: readonly string[], own: string, domain: string): string | undefined {
  const namespaces = hosts.map((host) => {
    const labels = (host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : host).split('.');
    if (labels.length === 1 && !isAddress(host)) return own;
    return labels.at(-1) === 'svc' ? labels.at(-2) : undefined;
  });
  const [first] = namespaces;
  return namespaces.every((namespace) => namespace === first) ? first : undefined;
}
