import { CLIENT_CERTIFICATES, GRPC_CLIENT_CERTIFICATES, OTLP_GRPC, type Plan } from '@lgtm-fleet/plan';
import { fqdn } from '../addresses.ts';
import type { Door, PathMatch } from '../exposure/door.ts';
import { doorFiles, entryFiles, grpcDoorFiles } from '../exposure/exposure.ts';
import type { GrpcDoor } from '../exposure/grpc-route.ts';
import { distinct, pathsOfShape } from '../exposure/shapes.ts';
import { TLS_FOLDER } from '../tls.ts';
import type { Emit } from '../types.ts';
import { nginxConf } from './config.ts';
import { grpcRoutes, type GrpcRoute } from './grpc-routes.ts';
import { gatewayRoutes, type Route, type Traffic } from './routes.ts';

/** As the base says it: the port of Service and container, and where its volumes are mounted. */
const PORT = 8080;
const FILES = {
  passwords: '/etc/gateway-credentials/htpasswd',
  tokens: '/etc/gateway-credentials/tokens',
  clientAuthority: '/etc/gateway-credentials/client-ca.crt',
  certificate: '/etc/gateway-server-certificate/tls.crt',
  certificateKey: '/etc/gateway-server-certificate/tls.key',
} as const;

/**
 * `nginx.conf`: who sends a request, what it may, which store answers it; and, where the spec exposes it,
 * the routes by which edges and outsiders push, and programs query.
 *
 * @throws Error when the connection graph lacks an edge that a route needs.
 */
export const gateway: Emit = (plan) => {
  const routes = gatewayRoutes(plan);
  const grpc = grpcRoutes(plan);
  const { credentials, gateway: limits } = plan;
  if (limits === undefined) throw new Error(`cluster '${plan.cluster}' has no gateway`);
  const places = {
    listen: String(PORT),
    listenCertificates: String(CLIENT_CERTIFICATES.port),
    listenGrpc: String(OTLP_GRPC.port),
    listenGrpcCertificates: String(GRPC_CLIENT_CERTIFICATES.port),
    resolver: fqdn(plan, 'kube-dns', 'kube-system'),
    files: FILES,
    tmp: '/tmp',
    ...(plan.tls !== undefined && { tls: TLS_FOLDER }),
  };
  const text = nginxConf({ http: routes, grpc }, { credentials, limits }, places);
  return {
    configFiles: [{ name: 'nginx.conf', configMap: 'gateway-config', hashed: true, form: 'text', text, comment: '#' }],
    objectFiles: [
      ...entryFiles(plan),
      ...doorFiles(
        plan,
        doors(plan, routes),
        'spec.exposure.ingest and queries: what may come in from outside, path by path.',
      ),
      ...grpcDoorFiles(
        plan,
        grpcDoor(plan, grpc),
        'spec.exposure.ingest.grpcHostname: what may come in from outside over gRPC, method by method.',
      ),
    ],
    patchFiles: [],
  };
};

/** A host name each; one for both where the spec says the same. */
function doors({ exposure }: Plan, routes: readonly Route[]): readonly Door[] {
  const pushes = pathsOf(routes, ['push']);
  // Tailing is a query that does not end.
  const queries = pathsOf(routes, ['query', 'tail']);
  const { ingestHostname: ingest, queriesHostname: query } = exposure ?? {};
  const door = (name: string, hostname: string, paths: readonly PathMatch[]): Door => ({
    name,
    service: 'gateway',
    port: PORT,
    hostname,
    paths: distinct(paths),
  });
  if (ingest !== undefined && ingest === query) return [door('gateway', ingest, [...pushes, ...queries])];
  return [
    ...(ingest === undefined ? [] : [door('gateway', ingest, pushes)]),
    ...(query === undefined ? [] : [door('gateway-queries', query, queries)]),
  ];
}

function grpcDoor({ exposure }: Plan, routes: readonly GrpcRoute[]): GrpcDoor | undefined {
  const hostname = exposure?.grpcHostname;
  if (hostname === undefined || routes.length === 0) return undefined;
  const methods = routes.map(({ service, method }) => ({ service, method }));
  return { name: 'gateway', service: 'gateway', port: OTLP_GRPC.port, hostname, methods };
}

function pathsOf(routes: readonly Route[], traffic: readonly Traffic[]): readonly PathMatch[] {
  return routes
    .filter((route) => traffic.includes(route.traffic))
    .flatMap(({ match }) => ('exact' in match ? [{ type: 'Exact', value: match.exact }] : pathsOfShape(match.shape)));
}
