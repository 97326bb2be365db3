import type { Drafted, YamlMap } from '../core/draft.ts';
import { child, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import { clientsOf, readClients } from './clients.ts';
import type { LogContext, MachineLogs, Place } from './context.ts';
import { readLogJob, readsPods } from './job.ts';
import { groupLabels } from './labels.ts';

/** What a configuration in Promtail's vocabulary collects, and where it sends it. */
export interface LogsRead {
  readonly senders: readonly Drafted[];
  /** What a group of machines says of its lines: `files`, `journal`, `eventLogs`, `labels`. Nothing on nodes. */
  readonly machine: YamlMap | undefined;
  /** Labels of the cluster. */
  readonly labels: Readonly<Record<string, string>>;
  readonly host: string | undefined;
}

/** Where a collector of these jobs runs: what finds pods, or reads their files, is on a node of a cluster. */
export function placeOf(jobs: readonly SourceNode[]): Place {
  return jobs.some((job) => child(job, 'kubernetes_sd_configs') !== undefined || readsPods(job)) ? 'nodes' : 'machine';
}

/** The system of a machine on which such jobs run. */
export function osOf(jobs: readonly SourceNode[]): 'linux' | 'windows' {
  const windows = jobs.some(
    (job) =>
      child(job, 'windows_events') !== undefined ||
      itemsOf(child(job, 'static_configs')).some((item) =>
        /^[A-Za-z]:[\\/]/.test(textOf(child(item, 'labels', '__path__')) ?? ''),
      ),
  );
  return windows ? 'windows' : 'linux';
}

/**
 * Reads clients and jobs of the configurations that one collector has; `fallback` are clients of those that have none.
 */
export function readLogs(
  roots: readonly SourceNode[],
  context: LogContext,
  fallback: readonly SourceNode[] = [],
): LogsRead {
  const logs: MachineLogs = { files: [], events: [], labelled: [], journal: false };
  const read = roots.map((root) => {
    const own = clientsOf(root);
    const to = readClients(own.length > 0 ? own : fallback, context);
    return { ...to, senders: itemsOf(child(root, 'scrape_configs')).flatMap((job) => readLogJob(job, context, logs)) };
  });
  const { os, place } = context;
  const senders = read.flatMap((one) => one.senders);
  const labels = Object.assign({}, ...read.map((one) => one.labels)) as LogsRead['labels'];
  const host = read.find((one) => one.host !== undefined)?.host;
  if (place === 'nodes') return { senders, machine: undefined, labels, host };
  const lines = logs.files.length + logs.events.length > 0 || logs.journal;
  const common = groupLabels(
    logs.labelled,
    read.map(({ external }) => external),
    context,
  );
  const machine = {
    ...(Object.keys(common).length > 0 && { labels: common }),
    // What a group reads unless it is said, and Promtail does not.
    ...(os === 'linux' && !logs.journal && { journal: false }),
    ...(os === 'windows' && { eventLogs: logs.events }),
    ...(logs.files.length > 0 && { files: logs.files }),
  };
  return { senders, machine: lines ? machine : undefined, labels, host };
}
