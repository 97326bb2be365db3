import type { Drafted, Inputs, YamlMap } from '../../core/draft.ts';
import { child, isMap, itemsOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { filesAt } from '../../core/paths.ts';
import { changedTo, impossible, judge, type Verdict } from '../../core/verdicts.ts';
import { clientsOf, tenantOf } from '../../logs/clients.ts';
import { hostOf } from '../../logs/hosts.ts';
import { groupLabels } from '../../logs/labels.ts';
import { osOf, placeOf, readLogs, type LogsRead } from '../../logs/read.ts';
import { readSettings } from '../../logs/settings.ts';
import { modulesIn } from '../prometheus/files.ts';
import type { AgentContext } from './context.ts';
import { partOf } from './files.ts';
import { hasSystem, readIntegrations, type Integrations } from './integrations.ts';
import { externalLabelsOf, intervalOf, metricTenants, readMetrics } from './metrics.ts';
import { readTraces, traceTenants, type Traces } from './traces.ts';

/** What one configuration of an agent becomes. */
export interface AgentRead {
  /** Whether it found pods. */
  readonly pods: boolean;
  readonly hosts: readonly Drafted[];
  readonly sources: readonly Drafted[];
  readonly senders: readonly Drafted[];
  readonly spec: YamlMap;
  readonly labels: Readonly<Record<string, string>>;
  readonly host: string | undefined;
}

const SERVER: readonly (readonly [Verdict, readonly string[]])[] = [
  [
    changedTo(
      'the collector',
      'Alloy listens at its own port, and logs as the stack says; nobody asks it from outside',
    ),
    ['server'],
  ],
  [
    impossible('no agent fetches its configuration: what a collector runs with is generated, and is in git'),
    ['agent_management'],
  ],
];

/** Every place that names the tenant as whom an agent writes. */
export function tenantsIn(root: SourceNode): readonly SourceNode[] {
  const logs = partOf(root, 'logs');
  const clients = [...itemsOf(child(logs, 'configs')), child(logs, 'global')].map(clientsOf);
  return [
    ...metricTenants(partOf(root, 'metrics'), partOf(root, 'integrations')),
    ...clients.map(tenantOf),
    ...traceTenants(itemsOf(child(partOf(root, 'traces'), 'configs'))),
  ].filter((node) => node !== undefined);
}

/** Jobs of all parts, by which it shows where an agent runs. */
function jobsOf(root: SourceNode): readonly SourceNode[] {
  return (['metrics', 'logs', 'traces'] as const).flatMap((part) =>
    itemsOf(child(partOf(root, part), 'configs')).flatMap((config) => itemsOf(child(config, 'scrape_configs'))),
  );
}

/** Whether an agent gives what only its own machine has. */
function isOnMachine(root: SourceNode): boolean {
  const configs = (part: 'logs' | 'traces'): readonly SourceNode[] => itemsOf(child(partOf(root, part), 'configs'));
  return (
    hasSystem(partOf(root, 'integrations')) ||
    configs('logs').some((config) => itemsOf(child(config, 'scrape_configs')).length > 0) ||
    configs('traces').some((config) => child(config, 'receivers') !== undefined)
  );
}

/** Reads one configuration of static mode. */
export function readAgent(
  root: SourceNode,
  group: string,
  inputs: Inputs & Pick<AgentContext, 'name' | 'writer'>,
): AgentRead {
  const { ledger, files, cluster, name, writer } = inputs;
  const jobs = jobsOf(root);
  const integrations = partOf(root, 'integrations');
  const windows = child(integrations, 'windows_exporter') ?? child(integrations, 'windows');
  const pods = placeOf(jobs) === 'nodes' || child(integrations, 'eventhandler') !== undefined;
  const context: AgentContext = {
    ...{ ledger, cluster, name, writer, group, defaults: {} },
    // One that only asks others can do so from inside the cluster.
    place: pods || !isOnMachine(root) ? 'nodes' : 'machine',
    os: windows === undefined ? osOf(jobs) : 'windows',
    filesAt: (pattern) => filesAt(files, root.file, pattern),
    modules: modulesIn(
      files.filter(({ path }) => path !== root.file),
      ledger,
    ),
  };
  judge(root, SERVER, ledger);
  const metrics = readMetrics(partOf(root, 'metrics'), integrations, context);
  const logs = readLogPart(partOf(root, 'logs'), context);
  const traces = readTraces(itemsOf(child(partOf(root, 'traces'), 'configs')), context);
  const made = readIntegrations(integrations, context);
  const machine = machineOf(root, { logs, traces, integrations: made }, context);
  const sources = [...metrics.sources, ...made.sources];
  // Of a machine alone, how often is said of its group.
  const alone = machine !== undefined && sources.length === 0;
  if (alone)
    ledger.carried(child(partOf(root, 'metrics'), 'global', 'scrape_interval'), `ingest.hosts[${group}].interval`);
  const { scrapeInterval } = metrics;
  return {
    pods,
    hosts: machine === undefined ? [] : [hostOf(machine, partOf(root, 'logs') ?? integrations ?? root, context)],
    sources,
    senders: logs.senders,
    spec: {
      ...(scrapeInterval !== undefined && !alone && { load: { metrics: { scrapeInterval } } }),
      ...(traces.sampling !== undefined && { traces: { sampling: traces.sampling } }),
    },
    labels: machine === undefined ? { ...metrics.labels, ...logs.labels } : {},
    host: metrics.host ?? logs.host ?? traces.host,
  };
}

function readLogPart(root: SourceNode | undefined, context: AgentContext): LogsRead {
  const { ledger } = context;
  judge(root, [[changedTo('the collector', 'it has positions of its own'), ['positions_directory']]], ledger);
  if (root !== undefined) readSettings(root, context);
  const configs = itemsOf(child(root, 'configs')).filter(isMap);
  for (const config of configs) {
    judge(config, [[changedTo('nothing', 'there is one pipeline for all lines'), ['name']]], ledger);
    readSettings(config, context);
  }
  return readLogs(configs, context, clientsOf(child(root, 'global')));
}

interface Parts {
  readonly logs: LogsRead;
  readonly traces: Traces;
  readonly integrations: Integrations;
}

/** The group of machines that run this configuration; nothing on nodes, or where nothing of a machine is read. */
function machineOf(
  root: SourceNode,
  { logs: { machine }, traces, integrations: { system } }: Parts,
  context: AgentContext,
): YamlMap | undefined {
  const { place, os } = context;
  if (place === 'nodes' || (machine === undefined && !traces.otlp && system === undefined)) return undefined;
  const everywhere = [externalLabelsOf(partOf(root, 'metrics')), child(partOf(root, 'integrations'), 'labels')];
  const { labels: ofLines, ...lines } = machine ?? {
    ...(os === 'linux' ? { journal: false } : { eventLogs: [] }),
  };
  const labels = {
    ...Object.assign({}, ...everywhere.map((labels) => groupLabels([], [labels], context))),
    ...(ofLines as YamlMap | undefined),
  } as YamlMap;
  const interval = system?.interval ?? intervalOf(partOf(root, 'metrics'));
  return {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(interval !== undefined && { interval }),
    ...lines,
    ...(traces.otlp && { otlp: true }),
  };
}
