import { mysqlCollectors } from '@lgtm-fleet/spec';
import type { OpenQuestion, YamlMap } from '../../../core/draft.ts';
import { child, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { takeBoolean } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { blocksOf } from '../syntax/nodes.ts';
import { serverIn } from './data-source.ts';
import { addressOf, secretOf, type ExporterReading, type ReadExporter } from './exporter.ts';
import { FEWER, OWN, SAME } from './reasons.ts';

/** Servers by what is a secret as a whole; where one is, only it says, and the draft has a guess where it cannot be read. */
function byDataSource(
  nodes: readonly SourceNode[],
  { kind, port, key }: { readonly kind: string; readonly port: number; readonly key: string },
  reading: ExporterReading,
): { readonly servers: readonly YamlMap[]; readonly open: readonly OpenQuestion[] } {
  const { ledger, source, fatal } = reading;
  const open: OpenQuestion[] = [];
  const servers = nodes.flatMap((node, index): readonly YamlMap[] => {
    const server = serverIn(textOf(node) ?? '');
    const read = server === undefined ? undefined : addressOf(server, port);
    if (read !== undefined && 'why' in read) {
      ledger.impossible(node, read.why);
      fatal.push(`a server is none that the cluster reaches: ${read.why}`);
      return [];
    }
    const suffix = index === 0 ? '' : `-${index + 1}`;
    if (read === undefined)
      open.push({
        at: `${kind}/servers/${index}/address`,
        question: 'where this server is, which only its connection string says',
      });
    const what = `the connection string of ${read?.target ?? `server ${index + 1}`}`;
    return [
      {
        address: read?.target ?? `${source}${suffix}.example.com:${port}`,
        dataSource: secretOf(node, `${key}${suffix}`, `${kind}.servers`, what, reading),
      },
    ];
  });
  if (nodes.length === 0) fatal.push('it names no server');
  return { servers, open };
}

export function listed(node: SourceNode | undefined): readonly SourceNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? itemsOf(node) : [node];
}

export const postgres: ReadExporter = (node, reading) => {
  const { ledger, to } = reading;
  const names = { kind: 'postgresql', port: 5432, key: 'data-source' };
  const { servers, open } = byDataSource(listed(child(node, 'data_source_names')), names, reading);
  const [discovery] = blocksOf(node, 'autodiscovery');
  const all = takeBoolean(ledger, child(discovery, 'enabled'), `${to}.postgresql.allDatabases`);
  judge(
    discovery,
    [[impossible('of a server one database is asked, or all of them'), ['database_allowlist', 'database_denylist']]],
    ledger,
  );
  judge(node, [[impossible(OWN), ['custom_queries_config_path', 'enabled_collectors', 'stat_statements']]], ledger);
  judge(node, [[impossible(FEWER), ['disable_default_metrics', 'disable_settings_metrics']]], ledger);
  return [{ value: { postgresql: { servers, ...(all === true && { allDatabases: true }) } }, open }];
};

export const mysql: ReadExporter = (node, reading) => {
  const { ledger, to } = reading;
  const { servers, open } = byDataSource(
    listed(child(node, 'data_source_name')),
    { kind: 'mysql', port: 3306, key: 'data-source' },
    reading,
  );
  const collectors = listed(child(node, 'enable_collectors')).flatMap((item) => {
    const name = textOf(item) ?? '';
    if (mysqlCollectors.some((known) => known === name)) {
      ledger.carried(item, `${to}.mysql.collectors`);
      return [name];
    }
    ledger.changed(item, `${to}.mysql`, 'this collector is on by itself, or there is none of this name');
    return [];
  });
  const pace = ['enable_lock_wait_timeout', 'lock_wait_timeout', 'log_slow_filter'];
  judge(node, [[impossible(FEWER), ['disable_collectors', 'set_collectors']]], ledger);
  judge(node, [[impossible(SAME), pace]], ledger);
  judge(
    node,
    [
      [
        impossible('settings of a collector are those that it has by itself'),
        [
          'info_schema.processlist',
          'info_schema.tables',
          'perf_schema.eventsstatements',
          'perf_schema.file_instances',
          'perf_schema.memory_events',
          'heartbeat',
          'mysql.user',
        ],
      ],
    ],
    ledger,
  );
  return [{ value: { mysql: { servers, ...(collectors.length > 0 && { collectors }) } }, open }];
};

export const mongodb: ReadExporter = (node, reading) => {
  const { ledger } = reading;
  const { servers, open } = byDataSource(
    listed(child(node, 'mongodb_uri')),
    { kind: 'mongodb', port: 27_017, key: 'data-source' },
    reading,
  );
  for (const [key, child] of node.entries)
    if (key !== 'mongodb_uri')
      ledger.impossible(
        child,
        'how a server is asked, and by which collectors, is the same for all sources of this kind',
      );
  return [{ value: { mongodb: { servers } }, open }];
};
