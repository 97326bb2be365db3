import type { GatewayPlaces } from './config.ts';
import { because, block, directive, type Directive } from './nginx.ts';

/** A variable as path: nginx reads the files at each handshake, so a renewed certificate needs no reload. */
const TLS_FOLDER = '$tls_folder';

/** How the stores behind are known. */
export function verifying({ tls }: GatewayPlaces): readonly Directive[] {
  if (tls === undefined) return [];
  return [
    block(
      'map',
      ['$ssl_server_name', TLS_FOLDER],
      [directive('default', tls)],
      'Through a variable, so that a renewed certificate is read at the next handshake',
    ),
    because(
      'Each store by its own name, which it also needs to hear: without it a store answers with the certificate\nthat it started with',
      directive('proxy_ssl_server_name', 'on'),
    ),
    directive('proxy_ssl_verify', 'on'),
    because('Room for an issuer below the root', directive('proxy_ssl_verify_depth', '3')),
    directive('proxy_ssl_trusted_certificate', `${tls}/ca.crt`),
    directive('grpc_ssl_server_name', 'on'),
    directive('grpc_ssl_verify', 'on'),
    directive('grpc_ssl_verify_depth', '3'),
    directive('grpc_ssl_trusted_certificate', `${tls}/ca.crt`),
  ];
}

/** `8080`, or `address:port`; and the same for those who show a client certificate. */
interface Listeners {
  readonly listen: string;
  readonly certificates: string;
}

/**
 * Those who show a certificate have a port of their own; a spec with both has been refused. HTTP/2 is said of each port
 * and not by the directive `http2`, which is newer than nginx 1.25.
 */
export function listening(
  { tls }: GatewayPlaces,
  { listen, certificates }: Listeners,
  withCertificates: boolean,
  ...protocol: readonly 'http2'[]
): readonly Directive[] {
  if (tls !== undefined)
    return [
      directive('listen', listen, 'ssl', ...protocol),
      directive('ssl_certificate', `${TLS_FOLDER}/tls.crt`),
      directive('ssl_certificate_key', `${TLS_FOLDER}/tls.key`),
      directive('ssl_protocols', 'TLSv1.2', 'TLSv1.3'),
    ];
  return [
    directive('listen', listen, ...protocol),
    ...(withCertificates ? [directive('listen', certificates, 'ssl', ...protocol)] : []),
  ];
}
