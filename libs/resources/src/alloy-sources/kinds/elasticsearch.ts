import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { held } from '../credential-files.ts';
import { instanceIs } from '../instance.ts';
import { tlsConfig } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';

export const elasticsearch: TargetsOf<'elasticsearch'> = (settings, source, label) => {
  const { url, login, tls, allNodes, indices } = settings;
  // From the argument that is a file, it would be read once.
  const secret = login === undefined ? undefined : held(`${label}_password`, login.password);
  const { ca_file, cert_file, key_file, insecure_skip_verify } = tlsConfig(tls);
  return {
    blocks: [
      ...(secret === undefined ? [] : [secret.block]),
      component('prometheus.exporter.elasticsearch', label, {
        address: url,
        timeout: `${String(source.timeoutSeconds)}s`,
        all: allNodes,
        ...(indices && { indices: true }),
        ...(ca_file !== undefined && { ca: ca_file }),
        ...(cert_file !== undefined && { client_cert: cert_file }),
        ...(key_file !== undefined && { client_private_key: key_file }),
        ...(insecure_skip_verify === true && { ssl_skip_verify: true }),
        ...(login !== undefined &&
          secret !== undefined && { basic_auth: { username: login.username, password: secret.line } }),
      }),
    ],
    targets: reference(`prometheus.exporter.elasticsearch.${label}.targets`),
    rules: instanceIs(source, new URL(url).host),
  };
};
