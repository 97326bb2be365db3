import type { YamlMap } from '../../../core/draft.ts';
import { booleanOf, child, textOf } from '../../../core/look.ts';
import type { MapNode } from '../../../core/node.ts';
import { changedTo, impossible, judge, type Verdict } from '../../../core/verdicts.ts';
import type { Check, CheckReading } from './check.ts';
import { secretOf } from './client.ts';
import { OWN, STATEMENTS } from './reasons.ts';
import { serverOf } from './server.ts';

interface Database {
  readonly kind: 'postgresql' | 'mysql';
  readonly port: number;
  readonly host: readonly string[];
  readonly username: readonly string[];
  readonly password: readonly string[];
  /** The connection string, as the exporter takes it. */
  readonly form: (address: string, user: string, database: string) => string;
  readonly verdicts: readonly (readonly [Verdict, readonly string[]])[];
}

/** Servers whose host, user and password are one text, which is a secret that somebody puts together. */
function sql(database: Database): Check {
  const { kind, host, port, username, password, form, verdicts } = database;
  return {
    alike: [...host, 'port', ...username, ...password, 'dbname', 'name', 'reported_hostname'],
    read: (instances, reading) => {
      const servers = instances.flatMap((instance, index): readonly YamlMap[] => {
        const address = serverOf(instance, { host, port, at: `${kind}.servers` }, reading);
        if (address === undefined) return [];
        judge(instance, verdicts, reading.ledger);
        const signing = { address, index, host, username, password, kind, form };
        return [{ address, dataSource: dataSourceOf(instance, signing, reading) }];
      });
      return servers.length === 0 ? undefined : { value: { [kind]: { servers, ...allOf(instances, kind, reading) } } };
    },
  };
}

interface Signing extends Pick<Database, 'host' | 'username' | 'password' | 'kind' | 'form'> {
  readonly address: string;
  readonly index: number;
}

function dataSourceOf(
  instance: MapNode,
  { address, index, host, username, password, kind, form }: Signing,
  reading: CheckReading,
): YamlMap {
  const { ledger } = reading;
  const found = (keys: readonly string[]) => keys.map((key) => child(instance, key)).find((node) => node !== undefined);
  const user = found(username);
  const name = child(instance, 'dbname');
  const how = 'it is part of the connection string, which is a secret as a whole';
  ledger.changed(user, `${reading.to}.${kind}.servers`, how);
  ledger.changed(name, `${reading.to}.${kind}.servers`, how);
  const key = index === 0 ? 'data-source' : `data-source-${index + 1}`;
  const text = form(address, textOf(user) ?? 'datadog', textOf(name) ?? 'postgres');
  const secret = found(password) ?? user ?? found(host) ?? instance;
  return secretOf(secret, key, `${kind}.servers`, `the connection string \`${text}\``, reading);
}

/** Every database of a server, where an instance looks for them. */
function allOf(instances: readonly MapNode[], kind: string, { ledger, to }: CheckReading): YamlMap {
  if (kind !== 'postgresql') return {};
  const said = instances.flatMap((instance) => child(instance, 'database_autodiscovery', 'enabled') ?? []);
  for (const node of said) ledger.carried(node, `${to}.postgresql.allDatabases`);
  return said.some((node) => booleanOf(node) === true) ? { allDatabases: true } : {};
}

const OPTIONS = impossible(OWN);
const LABELS = changedTo('the source', 'which server it is says label `instance`');

export const postgres = sql({
  kind: 'postgresql',
  port: 5432,
  host: ['host'],
  username: ['username'],
  password: ['password'],
  form: (address, user, database) => `postgresql://${user}:<its password>@${address}/${database}`,
  verdicts: [
    [
      impossible(STATEMENTS),
      [
        'dbm',
        'query_metrics',
        'query_samples',
        'query_activity',
        'collect_schemas',
        'collect_settings',
        'obfuscator_options',
        'pg_stat_statements_view',
        'pg_stat_activity_view',
      ],
    ],
    [
      OPTIONS,
      [
        'relations',
        'custom_queries',
        'custom_metrics',
        'only_custom_queries',
        'use_global_custom_queries',
        'max_relations',
      ],
    ],
    [
      changedTo('the source', 'databases, replication, locks and tables are what the exporter has on by itself'),
      [
        'collect_function_metrics',
        'collect_count_metrics',
        'collect_activity_metrics',
        'collect_database_size_metrics',
        'collect_default_database',
        'collect_bloat_metrics',
        'collect_wal_metrics',
        'collect_buffercache_metrics',
        'collect_checksum_metrics',
        'ignore_databases',
        'dbstrict',
        'query_timeout',
        'application_name',
        'locks_idle_in_transaction',
      ],
    ],
    [
      LABELS,
      [
        'tag_replication_role',
        'table_count_limit',
        'exclude_hostname',
        'reported_hostname',
        'propagate_agent_tags',
        'database_identifier',
      ],
    ],
    [
      changedTo('the source', 'it is part of the connection string: `?sslmode=…`'),
      ['ssl', 'ssl_root_cert', 'ssl_cert', 'ssl_key', 'ssl_password'],
    ],
    [
      impossible('the connection string has a password: an identity of a cloud is none'),
      ['aws', 'azure', 'gcp', 'managed_identity'],
    ],
  ],
});

export const mysql = sql({
  kind: 'mysql',
  port: 3306,
  host: ['host', 'server'],
  username: ['username', 'user'],
  password: ['password', 'pass'],
  form: (address, user) => `${user}:<its password>@tcp(${address})/`,
  verdicts: [
    [
      impossible(STATEMENTS),
      [
        'dbm',
        'query_metrics',
        'query_samples',
        'query_activity',
        'collect_schemas',
        'collect_settings',
        'obfuscator_options',
      ],
    ],
    [OPTIONS, ['custom_queries', 'queries', 'only_custom_queries', 'use_global_custom_queries', 'max_custom_queries']],
    [
      changedTo(
        'the source',
        'the exporter has its usual collectors on; `collectors` of the source adds others, such as `perf_schema.tableiowaits` and `info_schema.tables`',
      ),
      ['options'],
    ],
    [LABELS, ['reported_hostname', 'exclude_hostname', 'propagate_agent_tags', 'database_identifier']],
    [changedTo('the source', 'it is part of the connection string: `?tls=…`'), ['ssl', 'charset']],
    [impossible('a socket of the machine is not reached from the cluster'), ['sock']],
    [
      impossible('the connection string has a password: an identity of a cloud is none'),
      ['aws', 'azure', 'gcp', 'managed_identity', 'defaults_file'],
    ],
  ],
});
