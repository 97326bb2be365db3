import { grantOf } from './access.ts';
import { checks, mayIt } from './checks.ts';
import type { GatewayPlaces } from './config.ts';
import { listening } from './encryption.ts';
import type { GrpcRoute } from './grpc-routes.ts';
import { because, block, directive, type Directive } from './nginx.ts';
import type { Senders } from './senders.ts';

/** What is refused, as gRPC has it: a code, and a text for the person who reads the sender's log. */
interface Refusal {
  readonly status: string;
  readonly code: number;
  readonly message: string;
}

/** Of these codes a sender of OTLP tries again at 14 alone. */
const REFUSALS: readonly Refusal[] = [
  { status: '400', code: 3, message: 'two credentials, or a path with two meanings' },
  { status: '401', code: 16, message: 'no credential that is known here' },
  { status: '403', code: 7, message: 'this credential may not push' },
  { status: '404', code: 12, message: 'only Export of OTLP for traces, metrics and logs is answered here' },
  { status: '413', code: 8, message: 'larger than a message may be' },
  { status: '429', code: 14, message: 'too many requests of this credential' },
  { status: '500', code: 13, message: 'the gateway failed' },
  { status: '502', code: 14, message: 'who answers this is not there' },
  { status: '503', code: 14, message: 'who answers this is not ready' },
  { status: '504', code: 14, message: 'who answers this took too long' },
];

const UNAUTHENTICATED = '@401';

/** OTLP over gRPC: three methods, the credentials and limits of HTTP, and refusals that gRPC has words for. */
export function grpcServer(
  routes: readonly GrpcRoute[],
  who: Senders,
  places: GatewayPlaces,
  withCertificates: boolean,
): Directive {
  const { listenGrpc: listen, listenGrpcCertificates: certificates } = places;
  return block(
    'server',
    [],
    [
      ...listening(places, { listen, certificates }, withCertificates, 'http2'),
      because(
        'A connection of gRPC stays with one pod: it is closed now and then, so that new pods get their part',
        directive('keepalive_time', '5m'),
      ),
      ...checks(who),
      because(
        'The tenant is what the user may, whatever the client says of itself',
        directive('grpc_set_header', 'X-Scope-OrgID', '$tenant'),
      ),
      directive('grpc_set_header', 'Authorization', ''),
      because('What gRPC servers take by default, unpacked', directive('client_max_body_size', '4m')),
      directive('grpc_connect_timeout', '5s'),
      directive('grpc_read_timeout', '60s'),
      block(
        'if',
        ['($server_protocol', '!=', 'HTTP/2.0)'],
        [directive('return', '505')],
        'HTTP/1.1 is what nginx from 1.25 on takes here, too',
      ),
      ...refusals(who),
      mayIt(
        who,
        because(
          'Of its own, for who comes here from outside: with those above, the 200 of a refusal would be a yes',
          directive('error_page', '404', '=', '@404'),
        ),
      ),
      ...routes.map((route) => location(route, places.tls === undefined ? 'grpc' : 'grpcs')),
      block('location', ['/'], [directive('return', '404')], 'No other method, and nothing of HTTP'),
    ],
    'OTLP over gRPC',
  );
}

/** All are 200 to HTTP, with the code at the end, where every client looks for it. */
function refusals(who: Senders): readonly Directive[] {
  const pages = REFUSALS.filter(({ status }) => `@${status}` !== UNAUTHENTICATED).map(({ status }) =>
    directive('error_page', status, '=', `@${status}`),
  );
  return [
    directive('default_type', 'application/grpc'),
    because(
      'A password that was refused twice is refused in the words of gRPC, too',
      directive('recursive_error_pages', 'on'),
    ),
    ...pages,
    because('A certificate that nobody here has signed', directive('error_page', '495', '496', '=', UNAUTHENTICATED)),
    ...who.again(UNAUTHENTICATED),
    ...REFUSALS.map(({ status, code, message }) =>
      block(
        'location',
        [`@${status}`],
        [
          directive('set', '$refused', status),
          directive('add_trailer', 'grpc-status', String(code)),
          directive('add_trailer', 'grpc-message', message),
          directive('return', '200'),
        ],
      ),
    ),
  ];
}

function location({ service, method, signal, upstream, why }: GrpcRoute, scheme: 'grpc' | 'grpcs'): Directive {
  return block(
    'location',
    ['=', `/${service}/${method}`],
    [
      directive('set', '$tenant', grantOf('push', signal)),
      directive('set', '$upstream', upstream),
      directive('grpc_pass', `${scheme}://$upstream`),
    ],
    why,
  );
}
