import type { YamlMap } from '../../../core/draft.ts';
import { child, itemsOf, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { takeText } from '../../../core/take.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { Check, CheckReading } from './check.ts';
import { secretOf, tlsOf } from './client.ts';
import { addressOf } from './server.ts';

const MECHANISMS = new Map([
  ['PLAIN', 'plain'],
  ['SCRAM-SHA-256', 'scram-sha256'],
  ['SCRAM-SHA-512', 'scram-sha512'],
]);

export const kafkaConsumer: Check = {
  alike: [],
  read: ([instance], reading) => {
    const { ledger, to, fatal } = reading;
    if (instance === undefined) return undefined;
    const list = child(instance, 'kafka_connect_str');
    const brokers = (list?.kind === 'list' ? itemsOf(list) : list === undefined ? [] : [list]).flatMap((item) => {
      const read = addressOf(textOf(item) ?? '', undefined, 9092);
      if ('why' in read) ledger.impossible(item, read.why);
      else ledger.carried(item, `${to}.kafka.brokers`);
      return 'why' in read ? [] : [read.target];
    });
    if (brokers.length === 0) {
      fatal.push('no broker of it is one that the cluster reaches');
      return undefined;
    }
    const protocol =
      takeText(ledger, child(instance, 'security_protocol'), `${to}.kafka.tls`)?.toUpperCase() ?? 'PLAINTEXT';
    const files = tlsOf(instance, 'kafka.tls', reading);
    const sasl = protocol.startsWith('SASL') ? saslOf(instance, reading) : undefined;
    aside(instance, reading);
    const version = child(instance, 'kafka_client_api_version');
    ledger.changed(version, `${to}.kafka`, 'the version is agreed upon; say `version` where that fails');
    return {
      value: {
        kafka: {
          brokers,
          ...((protocol.endsWith('SSL') || files !== undefined) && { tls: files ?? {} }),
          ...(sasl !== undefined && { sasl }),
        },
      },
    };
  },
};

function saslOf(instance: MapNode, reading: CheckReading): YamlMap | undefined {
  const { ledger, to, fatal } = reading;
  const mechanism = MECHANISMS.get(
    (takeText(ledger, child(instance, 'sasl_mechanism'), `${to}.kafka.sasl.mechanism`) ?? 'PLAIN').toUpperCase(),
  );
  const username = takeText(ledger, child(instance, 'sasl_plain_username'), `${to}.kafka.sasl.username`);
  const password = child(instance, 'sasl_plain_password');
  if (mechanism === undefined || username === undefined || password === undefined) {
    fatal.push('it signs in otherwise than with a name and a password by `PLAIN` or `SCRAM`');
    return undefined;
  }
  return {
    mechanism,
    username,
    password: secretOf(password, 'password', 'kafka.sasl.password', 'the password of SASL', reading),
  };
}

function aside(instance: MapNode, { ledger }: CheckReading): void {
  const all = 'all groups and topics are asked about: leave series out with `metricRelabel`';
  judge(
    instance,
    [
      [impossible(all), ['consumer_groups', 'consumer_groups_regex']],
      [
        changedTo('the source', 'all groups, topics and partitions are asked about'),
        [
          'monitor_unlisted_consumer_groups',
          'monitor_all_broker_highwatermarks',
          'kafka_consumer_offsets',
          'collect_consumer_group_state',
        ],
      ],
      [
        impossible('offsets are those in Kafka: none are kept in ZooKeeper since its version 4'),
        ['zk_connect_str', 'zk_prefix', 'zk_iteration_ival'],
      ],
      [
        impossible('it signs in with a name and a password'),
        [
          'sasl_kerberos_service_name',
          'sasl_kerberos_domain_name',
          'sasl_kerberos_keytab',
          'sasl_kerberos_principal',
          'sasl_oauth_token_provider',
          'crlfile',
          'tls_crlfile',
          'tls_private_key_password',
          'ssl_password',
          'schema_registry_url',
          'enable_cluster_monitoring',
          'data_streams_enabled',
        ],
      ],
    ],
    ledger,
  );
}
