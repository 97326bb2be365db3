import { child, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext, MachineLogs } from './context.ts';
import { fileSelector, logPath } from './paths.ts';

const MAX_FILES = 100;
const SYSTEMS = { linux: 'Linux', windows: 'Windows' } as const;

/** Files that a job reads: the paths of its targets, which are labels to Promtail. */
export function readFiles(job: SourceNode, context: LogContext, logs: MachineLogs): void {
  const { ledger, group } = context;
  const groups = [...itemsOf(child(job, 'static_configs')), ...fromFiles(job, context)];
  for (const item of groups) {
    ledger.carried(child(item, 'targets'), 'nothing: Promtail reads its own machine alone');
    const labels = child(item, 'labels');
    const node = child(labels, '__path__');
    const written = textOf(node);
    if (node === undefined || written === undefined) {
      ledger.impossible(item, 'without the label `__path__` it reads nothing');
      continue;
    }
    const path = addPath(node, written, context, logs);
    ledger.impossible(
      child(labels, '__path_exclude__'),
      `nothing is left out of \`files\` of \`ingest.hosts[${group}]\`: say paths that are narrower`,
    );
    if (path !== undefined) logs.labelled.push({ labels, told: fileSelector(path) });
    else if (labels !== undefined) ledger.abandoned(labels, 'no path is left whose lines could have it');
  }
  for (const rule of itemsOf(child(job, 'relabel_configs'))) readLabelStep(rule, context);
  const encoding = child(job, 'encoding');
  if (/^utf-?8$/i.test(textOf(encoding) ?? '')) ledger.carried(encoding, 'nothing: it is so anyway');
  else ledger.impossible(encoding, 'files are read as UTF-8: let the application write it');
  ledger.impossible(
    child(job, 'decompression'),
    'files are read as they are: what was rotated and compressed was read before',
  );
}

function addPath(
  node: SourceNode,
  written: string,
  { ledger, group, os }: LogContext,
  logs: MachineLogs,
): string | undefined {
  const read = logPath(written);
  const why = 'why' in read ? read.why : read.os === os ? undefined : `it is no path of ${SYSTEMS[os]}`;
  if ('why' in read || why !== undefined) {
    ledger.impossible(node, why ?? '');
    return undefined;
  }
  const to = `ingest.hosts[${group}].files`;
  if (logs.files.includes(read.path)) ledger.changed(node, to, 'it stands here a second time, and is read once');
  else if (logs.files.length >= MAX_FILES) {
    ledger.impossible(node, `a group has ${MAX_FILES} paths at most: say one with \`*\` for several`);
    return undefined;
  } else {
    logs.files.push(read.path);
    if (read.how === undefined) ledger.carried(node, to);
    else ledger.changed(node, to, read.how);
  }
  return read.path;
}

/** Targets in files that are among the inputs. */
function fromFiles(job: SourceNode, { ledger, group, filesAt }: LogContext): readonly SourceNode[] {
  const to = `ingest.hosts[${group}].files`;
  return itemsOf(child(job, 'file_sd_configs')).flatMap((config) => {
    ledger.changed(child(config, 'refresh_interval'), to, 'the paths are in git now: a commit changes them');
    return itemsOf(child(config, 'files')).flatMap((node) => {
      const files = filesAt(textOf(node) ?? '');
      if (files.length === 0)
        ledger.impossible(node, 'this file is not among the inputs: lay it beside the configuration and import again');
      else ledger.changed(node, to, 'its paths are in git now: a commit changes them');
      return files.flatMap((file) => ledger.documents(file).flatMap(itemsOf));
    });
  });
}

/** Lines have the labels of their group, whatever a step of relabelling would make of them. */
export function readLabelStep(rule: SourceNode, { ledger, group }: LogContext): void {
  ledger.impossible(
    rule,
    `labels of lines are \`instance\`, which is the machine, \`filename\`, and those of \`ingest.hosts[${group}].labels\`: say there what all lines shall have`,
  );
}
