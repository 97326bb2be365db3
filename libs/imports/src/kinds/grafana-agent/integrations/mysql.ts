import type { YamlMap } from '../../../core/draft.ts';
import { child, textsOf } from '../../../core/look.ts';
import { whyRefused } from '../../../core/trial.ts';
import { judge } from '../../../core/verdicts.ts';
import { serversBy, type DataSource } from './data-source.ts';
import { DETAIL, hostAndPort, serverOf, type ReadIntegration } from './integration.ts';

const SERVER: DataSource = {
  kind: 'mysql',
  port: 3306,
  parse: (text, port) => {
    const [, network, place = ''] = /^(?:.*@)?([a-z]*)\(([^()]*)\)\//.exec(text) ?? [];
    if (network === 'unix') return serverOf('localhost', undefined, port);
    return network === undefined ? undefined : hostAndPort(place, port);
  },
};

export const mysql: ReadIntegration = (node, reading) => {
  const { ledger, to } = reading;
  judge(node, [[DETAIL, DETAILS]], ledger);
  const source = child(node, 'data_source_name');
  const { list, open } = serversBy([source], SERVER, reading);
  const wanted = child(node, 'enable_collectors');
  const collectors = textsOf(wanted);
  const why = collectors.length === 0 ? undefined : whyRefused(trial(collectors));
  if (why === undefined) ledger.carried(wanted, `${to}.mysql.collectors`);
  else ledger.impossible(wanted, `the cluster file cannot say it: ${why}`);
  return [
    { value: { mysql: { servers: list, ...(why === undefined && collectors.length > 0 && { collectors }) } }, open },
  ];
};

/** A cluster that has these collectors, of which the cluster file takes only those that Alloy has. */
function trial(collectors: readonly string[]): YamlMap {
  const servers = [{ address: 'trial.example.com:3306', dataSource: { secret: 'trial', key: 'trial' } }];
  return { ingest: { sources: [{ name: 'trial', mysql: { servers, collectors } }] } };
}

const DETAILS = [
  ...['disable_collectors', 'set_collectors', 'lock_wait_timeout', 'log_slow_filter'],
  ...['info_schema_processlist_min_time', 'info_schema_processlist_processes_by_user'],
  ...['info_schema_processlist_processes_by_host', 'info_schema_tables_databases'],
  ...['perf_schema_eventsstatements_limit', 'perf_schema_eventsstatements_time_limit'],
  ...['perf_schema_eventsstatements_digtext_text_limit', 'perf_schema_file_instances_filter'],
  ...['perf_schema_file_instances_remove_prefix', 'perf_schema_memory_events_remove_prefix'],
  ...['heartbeat_database', 'heartbeat_table', 'heartbeat_utc', 'mysql_user_privileges'],
];
