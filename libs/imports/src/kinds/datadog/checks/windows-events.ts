import { child, entriesOf, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { DatadogContext } from '../context.ts';

const LOG = /^\w[\w .()&/%+-]*$/;

/** Logs of events of Windows that a check looks through. */
export function eventLogs(instances: SourceNode, { ledger, machine, where, group }: DatadogContext): void {
  for (const instance of itemsOf(instances)) {
    const path = child(instance, 'path') ?? itemsOf(child(instance, 'log_file'))[0];
    const written = textOf(path) ?? '';
    for (const [, node] of entriesOf(instance))
      ledger.impossible(node, 'a log of events is read whole: select at a query');
    if (where === 'machine' && path !== undefined && LOG.test(written)) {
      ledger.carried(path, `ingest.hosts[${group}].eventLogs`);
      machine.eventLogs.push(written);
      machine.windows = true;
      machine.origin ??= instance;
    } else
      ledger.impossible(
        path ?? instance,
        'a log of events is that of a Windows machine, said by its name: make these machines a group of `ingest.hosts` with `os: windows`',
      );
  }
}
