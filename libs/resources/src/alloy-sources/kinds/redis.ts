import { component } from '../../alloy-syntax/component.ts';
import { held } from '../credential-files.ts';
import { exporterOfEach } from '../exporters.ts';
import { tlsConfig } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';

export const redis: TargetsOf<'redis'> = ({ servers, username, password, tls }, source, label) => {
  // From the argument that is a file, it would be read once.
  const secret = password === undefined ? undefined : held(`${label}_password`, password);
  const { ca_file, cert_file, key_file, insecure_skip_verify } = tlsConfig(tls);
  const each = exporterOfEach(
    'prometheus.exporter.redis',
    { source, label, servers },
    (address) => address,
    (address, own) => [
      component('prometheus.exporter.redis', own, {
        redis_addr: `${tls === undefined ? 'redis' : 'rediss'}://${address}`,
        ...(username !== undefined && { redis_user: username }),
        ...(secret !== undefined && { redis_password: secret.line }),
        connection_timeout: `${String(source.timeoutSeconds)}s`,
        ...(ca_file !== undefined && { tls_ca_cert_file: ca_file }),
        ...(cert_file !== undefined && { tls_client_cert_file: cert_file }),
        ...(key_file !== undefined && { tls_client_key_file: key_file }),
        ...(insecure_skip_verify === true && { skip_tls_verification: true }),
      }),
    ],
  );
  return { ...each, blocks: [...(secret === undefined ? [] : [secret.block]), ...each.blocks] };
};
