import { because, block, directive, map, type Directive } from './nginx.ts';

/** What the gateway writes of each request that did not go well, or came with a credential that has a successor. */
export const LOG_FIELDS: readonly (readonly [name: string, value: string])[] = [
  ['time', '$time_iso8601'],
  ['user', '$user'],
  ['credential', '$outdated'],
  ['method', '$request_method'],
  ['path', '$uri'],
  ['status', '$answered'],
  ['upstream', '$upstream_addr'],
  ['grpc', '$grpc_failure'],
  ['request_bytes', '$request_length'],
  ['response_bytes', '$body_bytes_sent'],
  ['seconds', '$request_time'],
  ['upstream_seconds', '$upstream_response_time'],
  ['client', '$remote_addr'],
  ['user_agent', '$http_user_agent'],
];

/** In `http`: what was answered, in the words of HTTP and of gRPC. */
export const ANSWERS: readonly Directive[] = [
  map('', '$refused', [], 'Why a request over gRPC was refused, to which HTTP says 200; `set` where it was'),
  block('map', ['$refused', '$answered'], [directive('default', '$refused'), directive('', '$status')]),
  because(
    'What a store says at the end of an answer over gRPC, or instead of one; 0 is well',
    block(
      'map',
      ['$upstream_http_grpc_status$upstream_trailer_grpc_status', '$grpc_failure'],
      [directive('default', '$upstream_http_grpc_status$upstream_trailer_grpc_status'), directive('~^0?$', '')],
    ),
  ),
];

/**
 * A line of a request that the gateway itself refused, as an expression of RE2: no store was asked, and it is not 499,
 * by which the client went away.
 */
export const REFUSED = '"status":"4(?:[0-8][0-9]|9[0-8])","upstream":""';
