import { child, entriesOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { Labelled, LogContext } from './context.ts';

/** Labels that Alloy sets itself on what a machine sends. */
const OWN: ReadonlyMap<string, string> = new Map([
  ['cluster', 'label `cluster` is the name of the cluster file'],
  ['filename', 'it is the path of the file'],
  ['channel', 'it is the name of the event log'],
  ['source', 'it is `journal` on entries of the journal, and on no other line'],
]);
const MACHINE = new Set([
  'instance',
  'host',
  'hostname',
  'host_name',
  'node',
  'nodename',
  'server',
  'machine',
  'computer',
]);
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/;

/**
 * Labels of a group of machines: those that all of its lines have. What a label tells of some lines only, another
 * label has to tell.
 */
export function groupLabels(
  labelled: readonly Labelled[],
  external: readonly (SourceNode | undefined)[],
  context: LogContext,
): Readonly<Record<string, string>> {
  const kept = new Map<string, string>();
  const take = (labels: SourceNode | undefined, told: string, everywhere: ReturnType<typeof sharedBy>): void => {
    for (const [name, node] of entriesOf(labels)) {
      // Said where files are read.
      if (name === '__path__' || name === '__path_exclude__') continue;
      const value = textOf(node);
      if (value === undefined) continue;
      if (readLabel(name, value, { node, told, everywhere: everywhere(name, value) }, context)) kept.set(name, value);
    }
  };
  // A line's own labels come before those that are put on all.
  for (const labels of external) take(labels, '', sharedBy(external));
  const common = sharedBy(labelled.map(({ labels }) => labels));
  for (const { labels, told } of labelled) take(labels, told, common);
  return Object.fromEntries(kept);
}

/** Whether a label has one value in all of them. */
function sharedBy(all: readonly (SourceNode | undefined)[]): (name: string, value: string) => boolean {
  return (name, value) => all.every((labels) => textOf(child(labels, name)) === value);
}

interface Found {
  readonly node: SourceNode;
  readonly told: string;
  readonly everywhere: boolean;
}

/** Whether a label is one of the group. */
function readLabel(
  name: string,
  value: string,
  { node, told, everywhere }: Found,
  { ledger, group }: LogContext,
): boolean {
  const lines = `{job="${group}"${told === '' ? '' : `, ${told}`}}`;
  const to = `ingest.hosts[${group}].labels`;
  if (name.startsWith('__')) {
    ledger.carried(node, 'nothing: what begins with `__` is on no line');
    return false;
  }
  if (name === 'job') {
    ledger.changed(
      node,
      `ingest.hosts[${group}].name`,
      `label \`job\` is the name of the group: these lines are \`${lines}\``,
    );
    return false;
  }
  const own = OWN.get(name);
  if (own !== undefined || MACHINE.has(name)) {
    ledger.changed(node, to, own ?? 'label `instance` of everything is the name that the machine has');
    return false;
  }
  if (/\$\{|\{\{/.test(value)) {
    ledger.impossible(
      node,
      `what a variable of the machine says is not known here: make a group for each value, and say it in \`labels\` of \`ingest.hosts[${group}]\``,
    );
    return false;
  }
  if (!NAME.test(name) || value.length > 1024) {
    ledger.impossible(
      node,
      'a name of a label is of letters, digits and `_`, and a value has 1,024 characters at most',
    );
    return false;
  }
  if (everywhere) {
    ledger.carried(node, to);
    return true;
  }
  ledger.impossible(
    node,
    `labels are those of all lines of the group: these are \`${lines}\`. Machines that differ as a whole are a group of their own`,
  );
  return false;
}
