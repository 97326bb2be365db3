import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { held } from '../credential-files.ts';
import { instanceIs } from '../instance.ts';
import { tlsConfig } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';

/** A cluster of brokers, known by the first of them. */
export const kafka: TargetsOf<'kafka'> = ({ brokers, version, tls, sasl }, source, label) => {
  const [first = ''] = brokers;
  const secret = sasl === undefined ? undefined : held(`${label}_password`, sasl.password);
  const { server_name, ...files } = tlsConfig(tls);
  return {
    blocks: [
      ...(secret === undefined ? [] : [secret.block]),
      component('prometheus.exporter.kafka', label, {
        // Of several it is not guessed, and without it the component does not start.
        instance: first,
        kafka_uris: brokers,
        ...(version !== undefined && { kafka_version: version }),
        ...(sasl !== undefined &&
          secret !== undefined && {
            use_sasl: true,
            sasl_mechanism: sasl.mechanism,
            sasl_username: sasl.username,
            sasl_password: secret.line,
          }),
        ...(tls !== undefined && { use_tls: true }),
        ...(server_name !== undefined && { tls_server_name: server_name }),
        ...files,
      }),
    ],
    targets: reference(`prometheus.exporter.kafka.${label}.targets`),
    rules: instanceIs(source, first),
  };
};
