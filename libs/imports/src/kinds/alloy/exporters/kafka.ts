import type { YamlMap } from '../../../core/draft.ts';
import { booleanOf, child, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { takeBoolean, takeText } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { listed } from './by-data-source.ts';
import { addressOf, secretOf, type ExporterReading, type ReadExporter } from './exporter.ts';
import { tlsOf } from './tls.ts';

const MECHANISMS = new Map([
  ['', 'plain'],
  ['plain', 'plain'],
  ['scram-sha256', 'scram-sha256'],
  ['scram-sha512', 'scram-sha512'],
]);

export const kafka: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  const brokers = listed(child(node, 'kafka_uris')).flatMap((item) => {
    const read = addressOf(textOf(item) ?? '', 9092);
    if ('why' in read) ledger.impossible(item, read.why);
    else ledger.carried(item, `${to}.kafka.brokers`);
    return 'why' in read ? [] : [read.target];
  });
  if (brokers.length === 0) fatal.push('no broker of it is one that the cluster reaches');
  const version = takeText(ledger, child(node, 'kafka_version'), `${to}.kafka.version`);
  const tls = tlsOf('kafka', node, reading);
  const serverName = takeText(ledger, child(node, 'tls_server_name'), `${to}.kafka.tls.serverName`);
  const secure = takeBoolean(ledger, child(node, 'use_tls'), `${to}.kafka.tls`) === true;
  const sasl = booleanOf(child(node, 'use_sasl')) === true ? saslOf(node, reading) : undefined;
  ledger.changed(child(node, 'instance'), `${to}.kafka`, 'label `instance` is the first of the brokers');
  const gssapi = [...node.entries.keys()].filter((key) => key.startsWith('gssapi_'));
  if (gssapi.some((key) => textOf(child(node, key)) !== ''))
    fatal.push('it signs in by Kerberos, which a source does not');
  const others = [
    'kafka_cluster_name',
    'topics_filter_regex',
    'topics_exclude_regex',
    'groups_filter_regex',
    'groups_exclude_regex',
    'use_zookeeper_lag',
    'zookeeper_uris',
    'offset_show_all',
    'topic_workers',
    'allow_concurrency',
    'allow_auto_topic_creation',
    'max_offsets',
    'prune_interval_seconds',
    'metadata_refresh_interval',
    'use_sasl_handshake',
    'sasl_disable_pafx_fast',
  ];
  judge(
    node,
    [[impossible('all topics and groups are asked about, in one way: leave series out with `metricRelabel`'), others]],
    ledger,
  );
  return [
    {
      value: {
        kafka: {
          brokers,
          ...(version !== undefined && version !== '' && { version }),
          ...((secure || Object.keys(tls).length > 0) && {
            tls: { ...tls, ...(serverName !== undefined && serverName !== '' && { serverName }) },
          }),
          ...(sasl !== undefined && { sasl }),
        },
      },
    },
  ];
};

function saslOf(node: SourceNode, reading: ExporterReading): YamlMap | undefined {
  const { ledger, to, fatal } = reading;
  ledger.carried(child(node, 'use_sasl'), `${to}.kafka.sasl`);
  const mechanism = MECHANISMS.get(
    (takeText(ledger, child(node, 'sasl_mechanism'), `${to}.kafka.sasl.mechanism`) ?? '').toLowerCase(),
  );
  const username = takeText(ledger, child(node, 'sasl_username'), `${to}.kafka.sasl.username`);
  const secret = child(node, 'sasl_password');
  if (mechanism === undefined || username === undefined || secret === undefined) {
    fatal.push(
      'it signs in by SASL without a name and a password, or by another mechanism than `plain`, `scram-sha256` and `scram-sha512`',
    );
    return undefined;
  }
  return {
    mechanism,
    username,
    password: secretOf(secret, 'password', 'kafka.sasl.password', 'the password of SASL', reading),
  };
}
