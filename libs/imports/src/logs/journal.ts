import { booleanOf, child, isMap, itemsOf, textOf } from '../core/look.ts';
import type { SourceNode } from '../core/node.ts';
import type { LogContext, MachineLogs } from './context.ts';

const MESSAGE =
  'of an entry come its message, and unit, identifier and level as structured metadata; no other field does';

/** What a job says of the journal. */
export function readJournal(job: SourceNode, context: LogContext, logs: MachineLogs): void {
  const { ledger, group } = context;
  const to = `ingest.hosts[${group}].journal`;
  const journal = child(job, 'journal');
  logs.journal = true;
  if (!isMap(journal) || journal.entries.size === 0) ledger.carried(journal, to);
  ledger.changed(
    child(journal, 'max_age'),
    `ingest.hosts[${group}].buffer`,
    'after a restart, entries are read that are younger than `buffer`, 6h unless said',
  );
  const path = child(journal, 'path');
  if (/^(?:\/(?:host\/)?(?:var|run)\/log\/journal\/?)?$/.test(textOf(path) ?? '-')) ledger.carried(path, to);
  else ledger.impossible(path, 'the journal of the machine itself is read, where the system keeps it');
  const json = child(journal, 'json');
  if (booleanOf(json) === false) ledger.carried(json, 'nothing: it is so anyway');
  else ledger.impossible(json, MESSAGE);
  ledger.impossible(child(journal, 'matches'), 'the whole journal is read: select by `unit` at a query');
  logs.labelled.push({ labels: child(journal, 'labels'), told: 'source="journal"' });
  for (const rule of itemsOf(child(job, 'relabel_configs'))) readJournalRule(rule, context);
}

const metadata = (name: string): string =>
  `it is structured metadata, which a query asks for after the braces: \`${name}="…"\``;

/** Fields of an entry that come along, by what Promtail calls them. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['__journal__systemd_unit', metadata('unit')],
  ['__journal_syslog_identifier', metadata('identifier')],
  ['__journal_priority_keyword', metadata('level')],
  ['__journal__hostname', 'it is label `instance`'],
]);

function readJournalRule(rule: SourceNode, context: LogContext): void {
  const sources = itemsOf(child(rule, 'source_labels')).flatMap((item) => textOf(item) ?? []);
  const action = (textOf(child(rule, 'action')) ?? 'replace').toLowerCase();
  const how = sources.length === 1 && action === 'replace' ? FIELDS.get(sources[0] ?? '') : undefined;
  if (how !== undefined) context.ledger.changed(rule, `ingest.hosts[${context.group}].journal`, how);
  else if (action === 'keep' || action === 'drop')
    context.ledger.impossible(rule, 'the whole journal is read: select by `unit`, `identifier` or `level` at a query');
  else context.ledger.impossible(rule, MESSAGE);
}
