import { child, itemsOf, textOf, textsOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext, MachineLogs } from './context.ts';
import { readLabelStep } from './files.ts';

const MAX_EVENTS = 50;

/** What a job says of the event logs of Windows. */
export function readEvents(job: SourceNode, context: LogContext, logs: MachineLogs): void {
  const { ledger, group } = context;
  const to = `ingest.hosts[${group}].eventLogs`;
  const events = child(job, 'windows_events');
  const node = child(events, 'eventlog_name');
  const name = textOf(node);
  const query = child(events, 'xpath_query');
  const all = /^\*?$/.test(textOf(query)?.trim() ?? '');
  if (node === undefined || name === undefined || !/^\w[\w .()&/%+-]{0,255}$/.test(name)) {
    const why = 'which event log it reads stands in its query: say the name of the log in `eventLogs`';
    if (events !== undefined) ledger.impossible(events, why);
    return;
  }
  if (!logs.events.includes(name) && logs.events.length < MAX_EVENTS) logs.events.push(name);
  ledger.carried(node, to);
  if (all) ledger.carried(query, 'nothing: it is so anyway');
  else
    ledger.impossible(query, 'the whole log of events is read: select by `source`, `event_id` or `level` at a query');
  readEventOptions(events, context);
  logs.labelled.push({ labels: child(events, 'labels'), told: `channel="${name}"` });
  for (const rule of itemsOf(child(job, 'relabel_configs')))
    if (textsOf(child(rule, 'source_labels')).join() === 'computer')
      ledger.changed(rule, to, 'label `instance` of everything is the name that the machine has');
    else readLabelStep(rule, context);
}

function readEventOptions(events: SourceNode | undefined, { ledger, group }: LogContext): void {
  const to = `ingest.hosts[${group}].eventLogs`;
  const own = child(events, 'use_incoming_timestamp');
  if (textOf(own) === 'true') ledger.carried(own, to);
  else ledger.changed(own, to, 'an event has its own time');
  for (const key of ['bookmark_path', 'poll_interval', 'locale'])
    ledger.changed(child(events, key), to, 'Alloy decides it, and has bookmarks of its own');
  for (const key of ['exclude_event_data', 'exclude_event_message', 'exclude_user_data'])
    if (textOf(child(events, key)) === 'false') ledger.carried(child(events, key), 'nothing: it is so anyway');
    else ledger.impossible(child(events, key), 'an event comes as a whole, in JSON');
}
