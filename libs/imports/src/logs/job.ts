import type { Drafted } from '../core/draft.ts';
import { child, isMap, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext, MachineLogs } from './context.ts';
import { readEvents } from './events.ts';
import { readFiles } from './files.ts';
import { readJournal } from './journal.ts';
import { otherDiscoveries, outsideOf } from './outside.ts';
import { isOfPods } from './paths.ts';
import { ALREADY } from './pod-steps.ts';
import { readPods } from './pods.ts';
import { senderOf } from './push.ts';
import { readStages } from './stages.ts';

/** What one entry of `scrape_configs` becomes: lines of the machine are gathered, senders come back. */
export function readLogJob(job: SourceNode, context: LogContext, logs: MachineLogs): readonly Drafted[] {
  const { ledger, place } = context;
  const name = textOf(child(job, 'job_name'));
  if (!isMap(job) || name === undefined) {
    ledger.impossible(job, 'it is no job: a job has a `job_name`');
    return [];
  }
  if (isMap(child(job, 'loki_push_api'))) return [senderOf(job, name, context)];
  const why = whyNot(job, context);
  if (why !== undefined) {
    ledger.impossible(job, `job ${quoted(name)}: ${why}`);
    return [];
  }
  if (place === 'machine') readMachine(job, context, logs);
  else if (child(job, 'kubernetes_sd_configs') !== undefined) readPods(job, context);
  else ledger.changed(job, ALREADY, `job ${quoted(name)}: every node reads the files of its own pods`);
  readStages(child(job, 'pipeline_stages'), context);
  return [];
}

/** A name that is not ours, as code. */
function quoted(name: string): string {
  return `\`${name.slice(0, 80).replaceAll('`', "'")}\``;
}

const OF_NODES =
  'of a node only the files of its pods are read: for its journal and other files make its machines a group of `ingest.hosts`, or mount them into Alloy and read them by a patch below `clusters/<name>/patches/alloy`';

/** Why nothing of a job can come along. */
function whyNot(job: SourceNode, { place, os }: LogContext): string | undefined {
  const outside = outsideOf(job, place);
  if (outside !== undefined) return outside;
  const others = otherDiscoveries(job);
  if (others.length > 0) {
    const list = others.map((key) => `\`${key.slice(0, 40).replaceAll('`', "'")}\``).join(', ');
    return `files are not looked up by ${list}: say their paths in \`files\` of a group of machines`;
  }
  const has = (...keys: readonly string[]): boolean => keys.some((key) => child(job, key) !== undefined);
  const pods = has('kubernetes_sd_configs');
  if (!pods && !has('static_configs', 'file_sd_configs', 'journal', 'windows_events'))
    return 'it names nothing to read';
  if (place === 'nodes') return pods || readsPods(job) ? undefined : OF_NODES;
  if (pods) return 'pods are on the nodes of a cluster, and not on a machine';
  return os === 'windows' && has('journal') ? 'Windows has no journal' : undefined;
}

/** Whether all that a job names are files of pods. */
export function readsPods(job: SourceNode): boolean {
  const paths = itemsOf(child(job, 'static_configs')).map((item) => textOf(child(item, 'labels', '__path__')) ?? '');
  return paths.length > 0 && paths.every(isOfPods);
}

function readMachine(job: SourceNode, context: LogContext, logs: MachineLogs): void {
  const { ledger, group } = context;
  ledger.changed(
    child(job, 'job_name'),
    `ingest.hosts[${group}]`,
    'a machine has no jobs: all of its lines are the group',
  );
  if (child(job, 'journal') !== undefined) readJournal(job, context, logs);
  else if (child(job, 'windows_events') !== undefined) readEvents(job, context, logs);
  else readFiles(job, context, logs);
}
