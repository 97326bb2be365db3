import { child, itemsOf, textOf } from '../../../core/look.ts';
import { secretName } from '../../../core/names.ts';
import { takeBoolean, takeText } from '../../../core/take.ts';
import { judge } from '../../../core/verdicts.ts';
import { DETAIL, hostAndPort, type ReadIntegration } from './integration.ts';
import { tlsOf } from './tls.ts';

const DETAILS = [
  ...['use_sasl_handshake', 'sasl_disable_pafx_fast'],
  ...['use_zookeeper_lag', 'zookeeper_uris', 'kafka_cluster_name'],
  ...['metadata_refresh_interval', 'gssapi_service_name', 'gssapi_kerberos_config_path', 'gssapi_realm'],
  ...['gssapi_key_tab_path', 'gssapi_kerberos_auth_type', 'offset_show_all', 'topic_workers', 'allow_concurrency'],
  ...['allow_auto_topic_creation', 'max_offsets', 'prune_interval_seconds', 'topics_filter_regex'],
  ...['topics_exclude_regex', 'groups_filter_regex', 'groups_exclude_regex'],
];

const TLS = {
  ca: 'ca_file',
  certificate: 'cert_file',
  key: 'key_file',
  skipVerify: 'insecure_skip_verify',
  serverName: 'tls_server_name',
};

export const kafka: ReadIntegration = (node, reading) => {
  const { ledger, to, source, fatal } = reading;
  judge(node, [[DETAIL, DETAILS]], ledger);
  const brokers = itemsOf(child(node, 'kafka_uris')).flatMap((item) => {
    const server = hostAndPort(textOf(item) ?? '', 9092);
    if ('why' in server) ledger.impossible(item, server.why);
    else ledger.carried(item, `${to}.kafka.brokers`);
    return 'why' in server ? [] : [server.address];
  });
  if (brokers.length === 0) fatal.push('no broker of it is left');
  const version = takeText(ledger, child(node, 'kafka_version'), `${to}.kafka.version`);
  const tls = takeBoolean(ledger, child(node, 'use_tls'), `${to}.kafka.tls`);
  const signs = takeBoolean(ledger, child(node, 'use_sasl'), `${to}.kafka.sasl`);
  const username = takeText(ledger, child(node, 'sasl_username'), `${to}.kafka.sasl.username`);
  const password = child(node, 'sasl_password');
  const mechanism = takeText(ledger, child(node, 'sasl_mechanism'), `${to}.kafka.sasl.mechanism`);
  const sasl =
    signs !== true || password === undefined || username === undefined
      ? undefined
      : {
          ...(mechanism !== undefined && mechanism !== '' && { mechanism: mechanism.toLowerCase() }),
          username,
          password: {
            ...ledger.secret(
              password,
              { secret: secretName(source), key: 'password' },
              `${to}.kafka.sasl.password`,
              'the password of Kafka',
            ),
          },
        };
  if (signs === true && sasl === undefined) fatal.push('`use_sasl` has no name and password in the file');
  const value = {
    brokers,
    ...(version !== undefined && { version }),
    ...(tls === true && { tls: tlsOf(node, TLS, `${to}.kafka`, reading) }),
    ...(sasl !== undefined && { sasl }),
  };
  return [{ value: { kafka: value } }];
};
