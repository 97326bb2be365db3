import type { CredentialPlan, GatewayPlan } from '@lgtm-fleet/plan';
import { grantOf, grants } from './access.ts';
import { checks, mayIt } from './checks.ts';
import { listening, verifying } from './encryption.ts';
import type { GrpcRoute } from './grpc-routes.ts';
import { grpcServer } from './grpc.ts';
import { because, block, directive, map, printNginx, temporaryPaths, type Directive } from './nginx.ts';
import { ANSWERS, LOG_FIELDS } from './refusals.ts';
import type { Route, Traffic } from './routes.ts';
import { senders, type CredentialFiles, type Senders } from './senders.ts';

/** What the base mounts and what the cluster calls things; tests run the same text on other addresses. */
export interface GatewayPlaces {
  /** `8080`, or `address:port`. */
  readonly listen: string;
  /** The same for those who show a client certificate, where there are any. */
  readonly listenCertificates: string;
  /** The same two for gRPC. */
  readonly listenGrpc: string;
  readonly listenGrpcCertificates: string;
  /** Who answers names: a host name or an address with a port. */
  readonly resolver: string;
  readonly files: CredentialFiles;
  /** A writable folder, without a slash at the end. */
  readonly tmp: string;
  /** The folder with certificate, key and CA, where the spec wants TLS inside. */
  readonly tls?: string;
}

/** Who may come, and how much. */
export interface GatewayUsers {
  readonly credentials: readonly CredentialPlan[];
  readonly limits: GatewayPlan;
}

/** Who answers what. */
export interface GatewayRoutes {
  readonly http: readonly Route[];
  readonly grpc: readonly GrpcRoute[];
}

/** Full text of `nginx.conf`. */
export function nginxConf({ http, grpc }: GatewayRoutes, users: GatewayUsers, places: GatewayPlaces): string {
  const who = senders(users.credentials, places.files);
  return printNginx([
    because(
      'Two, whatever the node has: `auto` would count its cores and not what the pod may use',
      directive('worker_processes', '2'),
    ),
    directive('daemon', 'off'),
    directive('pid', `${places.tmp}/nginx.pid`),
    because(
      'Not `warn`: that level has a line for each push that is larger than its buffer',
      directive('error_log', 'stderr', 'error'),
    ),
    because('A rollout waits this long for tails and long queries', directive('worker_shutdown_timeout', '45s')),
    block('events', [], [directive('worker_connections', '4096')]),
    block(
      'http',
      [],
      [
        ...temporaryPaths(places.tmp),
        ...who.maps,
        ...grants(users.credentials, http),
        ...logging(),
        ...rewriting(http),
        ...limiting(who.key, users.limits),
        ...proxying(places),
        ...verifying(places),
        server(http, who, places, certificates(users)),
        ...(grpc.length === 0 ? [] : [grpcServer(grpc, who, places, certificates(users))]),
      ],
    ),
  ]);
}

function logging(): readonly Directive[] {
  const fields = LOG_FIELDS.map(([name, value], index) => `${index === 0 ? '{' : ','}"${name}":"${value}"`);
  return [
    ...ANSWERS,
    because(
      'Neither headers nor the query string: they may hold credentials',
      directive('log_format', 'requests', 'escape=json', ...fields, '}'),
    ),
    block(
      'map',
      ['$answered $outdated$grpc_failure', '$noteworthy'],
      [directive('~^[23][0-9]+ $', '0'), directive('default', '1')],
      'What went well is not logged: each line is pushed through this gateway, which would log the push. But whoever\nshows a credential that has a successor is: it must change before the old one goes.',
    ),
    directive('access_log', '/dev/stdout', 'requests', 'if=$noteworthy'),
  ];
}

function rewriting(routes: readonly Route[]): readonly Directive[] {
  const prefixes = [...new Set(routes.flatMap(({ strip }) => (strip === undefined ? [] : [strip])))].toSorted();
  return prefixes.map((prefix) =>
    block(
      'map',
      ['$request_uri', strippedName(prefix)],
      [
        directive(`~^${prefix}(?<${prefix.slice(1)}_rest>/.*)$`, `$${prefix.slice(1)}_rest`),
        directive('default', '/not-found'),
      ],
      `What follows ${prefix}, still encoded as the client sent it`,
    ),
  );
}

function strippedName(prefix: string): string {
  return `$after_${prefix.slice(1)}`;
}

function certificates({ credentials }: GatewayUsers): boolean {
  return credentials.some(({ kind }) => kind === 'certificate');
}

/** Each credential has a budget of its own, which nobody who has not got it can use up. */
function limiting(key: string, { requestsPerSecond, burst, connections }: GatewayPlan): readonly Directive[] {
  const zone = '2m';
  return [
    map(
      key,
      '$shown',
      [
        ['~^(?<credential>.{1,1024})$', '$credential'],
        ['~.', 'too long to be one'],
      ],
      'What limits go by: the credential itself, since a name alone anybody could use up for another',
    ),
    directive('limit_req_zone', '$shown', `zone=requests:${zone}`, `rate=${String(requestsPerSecond)}r/s`),
    directive('limit_req', 'zone=requests', `burst=${String(burst)}`, 'nodelay'),
    directive('limit_conn_zone', '$shown', `zone=connections:${zone}`),
    directive('limit_conn', 'connections', String(connections)),
    because(
      'Senders wait and try again at 429; 503, the default, is for what is broken',
      directive('limit_req_status', '429'),
    ),
    directive('limit_conn_status', '429'),
    because('The access log has them', directive('limit_req_log_level', 'info')),
    directive('limit_conn_log_level', 'info'),
  ];
}

function proxying(places: GatewayPlaces): readonly Directive[] {
  return [
    directive('server_tokens', 'off'),
    directive('default_type', 'text/plain'),
    directive('tcp_nodelay', 'on'),
    directive('keepalive_timeout', '75s'),
    directive('keepalive_requests', '10000'),
    directive('reset_timedout_connection', 'on'),
    because(
      'Who sends or takes nothing for so long is let go; a slow line with something on it is not',
      directive('client_header_timeout', '15s'),
    ),
    directive('client_body_timeout', '30s'),
    directive('send_timeout', '60s'),
    because('LogQL and TraceQL come as part of long addresses', directive('large_client_header_buffers', '4', '64k')),
    directive('client_body_buffer_size', '256k'),
    because(
      'Names are looked up while serving, because each upstream is a variable: the gateway starts before the\nstores and follows their pods',
      directive('resolver', places.resolver, 'valid=10s'),
    ),
    directive('resolver_timeout', '5s'),
    directive('proxy_http_version', '1.1'),
    directive('proxy_connect_timeout', '5s'),
    directive('proxy_buffer_size', '16k'),
    directive('proxy_buffers', '16', '16k'),
    because('Large answers pass through and are never kept on disk', directive('proxy_max_temp_file_size', '0')),
  ];
}

function server(routes: readonly Route[], who: Senders, places: GatewayPlaces, withCertificates: boolean): Directive {
  return block(
    'server',
    [],
    [
      ...listening(places, { listen: places.listen, certificates: places.listenCertificates }, withCertificates),
      ...checks(who),
      ...headers(),
      block(
        'location',
        ['=', '/healthz'],
        [
          ...(who.asks.some(({ name }) => name === 'auth_basic') ? [directive('auth_basic', 'off')] : []),
          directive('auth_request', 'off'),
          directive('access_log', 'off'),
          directive('return', '200', 'ok'),
        ],
        'For the kubelet, without a tenant',
      ),
      mayIt(who),
      ...who.again(),
      ...routes.map((route) => location(route, places.tls === undefined ? 'http' : 'https')),
      block(
        'location',
        ['/'],
        [directive('return', '404')],
        'Rings, configuration, flushes, shutdowns and all else stay inside the cluster',
      ),
    ],
  );
}

/** nginx inherits these only where a block has none of its own, so a block that needs another repeats them all. */
function headers(upgrade?: 'websocket'): readonly Directive[] {
  return [
    because(
      'The tenant is what the user may, whatever the client says of itself',
      directive('proxy_set_header', 'X-Scope-OrgID', '$tenant'),
    ),
    directive('proxy_set_header', 'Authorization', ''),
    directive('proxy_set_header', 'Host', '$proxy_host'),
    directive('proxy_set_header', 'Connection', upgrade === undefined ? '' : 'upgrade'),
    // Constant in both: a client's own Upgrade could open a tunnel past these routes.
    directive('proxy_set_header', 'Upgrade', upgrade ?? ''),
  ];
}

const TRAFFIC: Readonly<Record<Traffic, () => readonly Directive[]>> = {
  // Stores refuse at about 100 MB uncompressed; senders batch to a few MB and compress.
  push: () => [directive('client_max_body_size', '32m'), directive('proxy_read_timeout', '60s')],
  query: () => [directive('client_max_body_size', '8m'), directive('proxy_read_timeout', '300s')],
  tail: () => [directive('proxy_read_timeout', '1h'), directive('proxy_buffering', 'off'), ...headers('websocket')],
  upload: () => [
    directive('client_max_body_size', '0'),
    directive('proxy_request_buffering', 'off'),
    directive('proxy_read_timeout', '600s'),
  ],
};

function location(route: Route, scheme: 'http' | 'https'): Directive {
  const match = 'exact' in route.match ? ['=', route.match.exact] : ['~', route.match.shape];
  // Said even where nothing is taken off: of an address that was looked up again, nginx would pass on what it decoded.
  const rest =
    route.path !== undefined
      ? `${route.path}$is_args$args`
      : route.strip !== undefined
        ? strippedName(route.strip)
        : '$request_uri';
  return block(
    'location',
    match,
    [
      directive('set', '$tenant', grantOf(route.access, route.signal)),
      directive('set', '$upstream', route.upstream),
      ...TRAFFIC[route.traffic](),
      directive('proxy_pass', `${scheme}://$upstream${rest}`),
    ],
    route.why,
  );
}
