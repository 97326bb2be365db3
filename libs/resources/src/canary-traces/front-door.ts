import { because, block, directive, printNginx, temporaryPaths, type Directive } from '../gateway/nginx.ts';

/** What the base mounts and what the cluster calls things; tests run the same text on other addresses. */
export interface FrontDoorPlaces {
  /** Where the canary pushes and queries: addresses of loopback with their ports. */
  readonly listenGrpc: string;
  readonly listenHttp: string;
  /** The gateway, `host:port` each. */
  readonly gatewayGrpc: string;
  readonly gatewayHttp: string;
  /** Who answers names: a host name or an address with a port. */
  readonly resolver: string;
  /** The file that says `$credential`. */
  readonly credential: string;
  /** A writable folder, without a slash at the end. */
  readonly tmp: string;
}

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** Full text of the `nginx.conf` that shows the gateway a credential, which the canary cannot. */
export function frontDoorConf(places: FrontDoorPlaces): string {
  const { tmp } = places;
  return printNginx([
    directive('worker_processes', '1'),
    directive('daemon', 'off'),
    directive('pid', `${tmp}/nginx.pid`),
    directive('error_log', 'stderr', 'error'),
    block('events', [], [directive('worker_connections', '64')]),
    block(
      'http',
      [],
      [
        ...temporaryPaths(tmp),
        because('What is refused stands in the log of the gateway', directive('access_log', 'off')),
        directive('server_tokens', 'off'),
        because(
          "The tenant's credential, which the container `credential` made of its password",
          directive('include', places.credential),
        ),
        because(
          'The name is looked up while serving, because it is a variable: this starts before the gateway does',
          directive('resolver', places.resolver, 'valid=10s'),
        ),
        directive('resolver_timeout', '5s'),
        pushes(places),
        queries(places),
      ],
    ),
  ]);
}

function pushes({ listenGrpc, gatewayGrpc }: FrontDoorPlaces): Directive {
  return block(
    'server',
    [],
    [
      directive('listen', listenGrpc, 'http2'),
      directive('client_max_body_size', '4m'),
      directive('grpc_connect_timeout', '5s'),
      directive('grpc_read_timeout', '30s'),
      block(
        'location',
        ['=', EXPORT],
        [
          directive('set', '$gateway', gatewayGrpc),
          directive('grpc_set_header', 'Authorization', '$credential'),
          directive('grpc_pass', 'grpc://$gateway'),
        ],
      ),
      block('location', ['/'], [directive('return', '404')]),
    ],
    'What it pushes, OTLP over gRPC',
  );
}

function queries({ listenHttp, gatewayHttp }: FrontDoorPlaces): Directive {
  return block(
    'server',
    [],
    [
      directive('listen', listenHttp),
      directive('proxy_http_version', '1.1'),
      directive('proxy_connect_timeout', '5s'),
      because('The canary itself would wait for ever', directive('proxy_read_timeout', '30s')),
      directive('proxy_max_temp_file_size', '0'),
      block(
        'location',
        ['/api/'],
        [
          directive('set', '$gateway', gatewayHttp),
          directive('proxy_set_header', 'Authorization', '$credential'),
          directive('proxy_set_header', 'Connection', ''),
          directive('proxy_pass', 'http://$gateway/tempo$request_uri'),
        ],
      ),
      block('location', ['/'], [directive('return', '404')]),
    ],
    'What it asks',
  );
}
