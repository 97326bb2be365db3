import type { Drafted, YamlMap } from '../../core/draft.ts';
import { booleanOf, child, entriesOf, itemsOf, textMapOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { takeTextMap } from '../../core/take.ts';
import { judge } from '../../core/verdicts.ts';
import type { Reading } from '../../scrape/context.ts';
import { commonOf } from '../../scrape/options.ts';
import type { AgentContext } from './context.ts';
import { azure } from './integrations/azure.ts';
import { blackbox } from './integrations/blackbox.ts';
import { cloudwatch } from './integrations/cloudwatch.ts';
import { elasticsearch } from './integrations/elasticsearch.ts';
import { gcp } from './integrations/gcp.ts';
import { DECIDED, type ReadIntegration } from './integrations/integration.ts';
import { kafka } from './integrations/kafka.ts';
import { mongodb } from './integrations/mongodb.ts';
import { mysql } from './integrations/mysql.ts';
import { otherIntegration } from './integrations/others.ts';
import { postgresql } from './integrations/postgresql.ts';
import { redis } from './integrations/redis.ts';
import { snmp } from './integrations/snmp.ts';
import { systemOf, type System } from './integrations/system.ts';

/** Integrations that become sources. */
const SOURCES: ReadonlyMap<string, ReadIntegration> = new Map(
  Object.entries({
    mysqld_exporter: mysql,
    postgres_exporter: postgresql,
    mongodb_exporter: mongodb,
    redis_exporter: redis,
    kafka_exporter: kafka,
    elasticsearch_exporter: elasticsearch,
    blackbox,
    snmp,
    cloudwatch_exporter: cloudwatch,
    azure_exporter: azure,
    gcp_exporter: gcp,
  }),
);

/** What `integrations-next` calls them. */
const NEXT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mysql_configs: 'mysqld_exporter',
    postgres_configs: 'postgres_exporter',
    mongodb_configs: 'mongodb_exporter',
    redis_configs: 'redis_exporter',
    kafka_configs: 'kafka_exporter',
    elasticsearch_configs: 'elasticsearch_exporter',
    cloudwatch_configs: 'cloudwatch_exporter',
    azure_configs: 'azure_exporter',
    gcp_configs: 'gcp_exporter',
    windows: 'windows_exporter',
    process: 'process_exporter',
    statsd: 'statsd_exporter',
    consul_configs: 'consul_exporter',
    dnsmasq_configs: 'dnsmasq_exporter',
    memcached_configs: 'memcached_exporter',
    github_configs: 'github_exporter',
    mssql_configs: 'mssql',
    oracledb_configs: 'oracledb',
    snowflake_configs: 'snowflake',
    squid_configs: 'squid',
    apache_http_configs: 'apache_http',
    vsphere_configs: 'vsphere',
    app_agent_receiver_configs: 'app_agent_receiver',
  }),
);

/** Keys of `integrations` that are none. */
const SETTINGS = new Set([
  ...['metrics', 'labels', 'scrape_integrations', 'prometheus_remote_write', 'integration_restart_backoff'],
  ...['http_tls_config', 'use_hostname_label', 'replace_instance_label'],
]);

export interface Integrations {
  readonly sources: readonly Drafted[];
  /** The system whose metrics the agent gave. */
  readonly system: System | undefined;
}

/** Integrations: exporters that ran in the agent. */
export function readIntegrations(root: SourceNode | undefined, context: AgentContext): Integrations {
  const { ledger } = context;
  const next = isNext(root);
  judge(
    root,
    [[DECIDED, ['scrape_integrations', 'integration_restart_backoff', 'http_tls_config', 'metrics']]],
    ledger,
  );
  judge(root, [[DECIDED, ['use_hostname_label', 'replace_instance_label']]], ledger);
  const labels = textMapOf(child(root, 'labels'));
  if (context.place === 'nodes') takeTextMap(ledger, child(root, 'labels'), 'ingest.sources[].labels');
  const systems: System[] = [];
  const sources = entriesOf(root).flatMap(([key, node]): readonly Drafted[] => {
    if (SETTINGS.has(key)) return [];
    const name = NEXT.get(key) ?? key;
    const all = node.kind === 'list' ? itemsOf(node) : [node];
    return all.flatMap((one): readonly Drafted[] => {
      if (!isEnabled(one, next)) {
        ledger.carried(one, 'nothing: it is switched off');
        return [];
      }
      const system = systemOf(name, one, context);
      if (system !== undefined) systems.push(system);
      const read = SOURCES.get(name);
      if (read !== undefined) return readSource(name, one, read, labels, context);
      if (system === undefined) otherIntegration(name, one, context);
      return [];
    });
  });
  return { sources, system: systems[0] };
}

/** Whether the system of the machine is among them. */
export function hasSystem(root: SourceNode | undefined): boolean {
  const next = isNext(root);
  return entriesOf(root).some(([key, node]) => {
    const name = NEXT.get(key) ?? key;
    return ['node_exporter', 'windows_exporter'].includes(name) && isEnabled(node, next);
  });
}

/** `integrations-next` has them by other names, and on unless said. */
function isNext(root: SourceNode | undefined): boolean {
  return child(root, 'metrics') !== undefined || entriesOf(root).some(([key]) => key.endsWith('_configs'));
}

function isEnabled(node: SourceNode, next: boolean): boolean {
  return booleanOf(child(node, 'enabled')) ?? next;
}

function readSource(
  integration: string,
  node: SourceNode,
  read: ReadIntegration,
  labels: Readonly<Record<string, string>>,
  context: AgentContext,
): readonly Drafted[] {
  const { ledger } = context;
  const wanted = integration.replace(/d?_exporter$/, '');
  const source = context.name(wanted);
  const reading: Reading = { ...context, to: `ingest.sources[${source}]`, source, fatal: [] };
  const asked = child(node, 'autoscrape') ?? node;
  ledger.carried(child(node, 'enabled'), reading.to);
  judge(node, [[DECIDED, ['scrape_integration', 'wal_truncate_frequency']]], ledger);
  judge(asked, [[DECIDED, ['enable', 'metrics_instance']]], ledger);
  ledger.impossible(child(node, 'instance'), 'label `instance` is the address of what is asked');
  const extra = takeTextMap(ledger, child(node, 'extra_labels'), `${reading.to}.labels`);
  const common = commonOf(asked, reading);
  const made = read(node, reading);
  if (reading.fatal.length > 0) {
    ledger.impossible(node, `\`${integration}\`: ${[...new Set(reading.fatal)].join('; ')}`);
    return [];
  }
  if (made.length === 0) ledger.abandoned(node, `\`${integration}\`: nothing of it is left`);
  return made.map(({ value, open }, index) => ({
    value: {
      name: index === 0 ? source : context.name(wanted),
      job: `integrations/${integration}`,
      ...labelled({ ...labels, ...extra }),
      ...common,
      ...value,
    },
    origin: node,
    ...(open !== undefined && open.length > 0 && { open }),
  }));
}

function labelled(labels: Readonly<Record<string, string>>): YamlMap {
  return Object.keys(labels).length === 0 ? {} : { labels };
}
