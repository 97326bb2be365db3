import type { YamlMap } from '../../../core/draft.ts';
import { child, itemsOf, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { changedTo, impossible, judge } from '../../../core/verdicts.ts';
import type { Check, CheckReading } from './check.ts';
import { secretOf } from './client.ts';
import { OWN, STATEMENTS } from './reasons.ts';
import { addressOf } from './server.ts';

export const mongo: Check = {
  alike: ['hosts', 'server', 'username', 'password', 'database', 'name'],
  read: (instances, reading) => {
    const servers = instances.flatMap((instance, index): readonly YamlMap[] => {
      const address = serverIn(instance, reading);
      if (address === undefined) return [];
      aside(instance, reading);
      const key = index === 0 ? 'data-source' : `data-source-${index + 1}`;
      const secret = child(instance, 'password') ?? child(instance, 'server') ?? child(instance, 'hosts') ?? instance;
      for (const name of ['username', 'database', 'options', 'connection_scheme'])
        reading.ledger.changed(
          child(instance, name),
          `${reading.to}.mongodb.servers`,
          'it is part of the connection string, which is a secret as a whole',
        );
      const user = textOf(child(instance, 'username')) ?? 'datadog';
      const what = `the connection string \`mongodb://${user}:<its password>@${address}/\``;
      return [{ address, dataSource: secretOf(secret, key, 'mongodb.servers', what, reading) }];
    });
    return servers.length === 0 ? undefined : { value: { mongodb: { servers } } };
  },
};

/** The first host: a set of replicas is asked about by one. */
function serverIn(instance: MapNode, { ledger, to, refused }: CheckReading): string | undefined {
  const hosts = child(instance, 'hosts');
  const [first, ...others] = hosts?.kind === 'list' ? itemsOf(hosts) : hosts === undefined ? [] : [hosts];
  const [, fromUri] = /^mongodb(?:\+srv)?:\/\/(?:.*@)?([^/?,]+)/.exec(textOf(child(instance, 'server')) ?? '') ?? [];
  const address = addressOf(textOf(first) ?? fromUri ?? '', undefined, 27_017);
  if ('why' in address) {
    refused.set(instance, address.why);
    return undefined;
  }
  ledger.carried(first, `${to}.mongodb.servers`);
  for (const other of others)
    ledger.impossible(other, 'each server is named with a connection string of its own: add it to `servers`');
  return address.target;
}

function aside(instance: MapNode, { ledger }: CheckReading): void {
  judge(
    instance,
    [
      [
        impossible(STATEMENTS),
        [
          'dbm',
          'operation_samples',
          'slow_operations',
          'schemas',
          'query_metrics',
          'database_autodiscovery',
          'cluster_name',
          'reported_database_hostname',
        ],
      ],
      [
        impossible(OWN),
        [
          'additional_metrics',
          'collections',
          'collections_indexes_stats',
          'custom_queries',
          'dbnames',
          'metrics_collection_interval',
        ],
      ],
      [
        changedTo('the source', 'a server is asked about itself, and about its set of replicas'),
        ['replica_check', 'replicaset_tags'],
      ],
      [
        changedTo('the source', 'it is part of the connection string: `?tls=true`'),
        [
          'tls',
          'ssl',
          'tls_certificate_key_file',
          'tls_ca_file',
          'tls_allow_invalid_certificates',
          'tls_allow_invalid_hostnames',
          'ssl_keyfile',
          'ssl_certfile',
          'ssl_cert_reqs',
          'ssl_ca_certs',
        ],
      ],
    ],
    ledger,
  );
}
