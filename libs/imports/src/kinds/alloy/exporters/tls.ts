import type { YamlMap } from '../../../core/draft.ts';
import { child, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { takeBoolean } from '../../../core/take.ts';
import { secretOf, type ExporterReading } from './exporter.ts';

const TLS_FILES = {
  redis: {
    ca: 'tls_ca_cert_file',
    certificate: 'tls_client_cert_file',
    key: 'tls_client_key_file',
    skip: 'skip_tls_verification',
  },
  kafka: { ca: 'ca_file', certificate: 'cert_file', key: 'key_file', skip: 'insecure_skip_verify' },
  elasticsearch: { ca: 'ca', certificate: 'client_cert', key: 'client_private_key', skip: 'ssl_skip_verify' },
} as const;

/** Certificates, which these exporters know by files of their machine. */
export function tlsOf(kind: keyof typeof TLS_FILES, node: SourceNode, reading: ExporterReading): YamlMap {
  const files = TLS_FILES[kind];
  const file = (key: 'ca' | 'certificate' | 'key', name: string, what: string): YamlMap => {
    const found = child(node, files[key]);
    return found === undefined || textOf(found) === ''
      ? {}
      : { [key]: secretOf(found, name, `${kind}.tls.${key}`, what, reading) };
  };
  const skip = takeBoolean(reading.ledger, child(node, files.skip), `${reading.to}.${kind}.tls.skipVerify`);
  return {
    ...file('ca', 'ca.crt', 'the certificate authority of the server'),
    ...file('certificate', 'tls.crt', 'the client certificate'),
    ...file('key', 'tls.key', 'the key of the client certificate'),
    ...(skip === true && { skipVerify: true }),
  };
}
