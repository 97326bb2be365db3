import { child, entriesOf, textOf, textsOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { byHand, type AlloyContext } from '../context.ts';
import type { Machine } from '../machine.ts';
import { waysFrom } from '../metrics/onward.ts';
import type { Component } from '../modules/scope.ts';
import { OPTIONS } from './options.ts';

const PASSES = new Set(['loki.process', 'loki.relabel', 'loki.secretfilter', 'loki.enrich']);

/** A component that makes the configuration one of a machine. */
export function belongs(component: Component, machine: Machine, { world, tenantOf }: AlloyContext): void {
  machine.origin ??= component.node;
  const ends = waysFrom(child(component.node, 'forward_to'), PASSES, world).map(({ end }) => end);
  machine.tenant ??= tenantOf(ends.find((end) => end?.name === 'loki.write'));
}

export function journal(component: Component, machine: Machine, context: AlloyContext): void {
  const { ledger, where, group } = context;
  const { node } = component;
  if (where === 'nodes') {
    ledger.impossible(
      node,
      'Alloy on the nodes reads the files of pods alone: make the nodes a group of `ingest.hosts` too, which reads their journal',
    );
    return;
  }
  const to = `ingest.hosts[${group}].journal`;
  ledger.carried(child(node, 'forward_to'), to);
  ledger.changed(
    child(node, 'max_age'),
    `ingest.hosts[${group}].buffer`,
    'after a restart, entries are read that are younger than `buffer`, 6h unless said',
  );
  const path = child(node, 'path');
  if (/^\/(?:var|run)\/log\/journal\/?$/.test(textOf(path) ?? '')) ledger.carried(path, to);
  else ledger.impossible(path, 'the journal of the machine itself is read, where the system keeps it');
  judge(
    node,
    [
      ...OPTIONS,
      [
        impossible(
          'of an entry come its message, and unit, identifier and level as structured metadata; no other field does',
        ),
        ['format_as_json'],
      ],
      [impossible('the whole journal is read: select by `unit` at a query'), ['matches']],
    ],
    ledger,
  );
  machine.journal = true;
  machine.labelled.push({ labels: entriesOf(child(node, 'labels')), told: 'source="journal"' });
  belongs(component, machine, context);
}

export function events(component: Component, machine: Machine, context: AlloyContext): void {
  const { ledger, group } = context;
  const { node } = component;
  const to = `ingest.hosts[${group}].eventLogs`;
  const name = child(node, 'eventlog_name');
  const written = textOf(name) ?? '';
  judge(
    node,
    [
      ...OPTIONS,
      [impossible('the whole log of events is read: select at a query'), ['xpath_query']],
      [
        impossible('level, source and id of an event are structured metadata, and the rest of it is stored whole'),
        ['exclude_event_data', 'exclude_user_data', 'exclude_event_message', 'locale'],
      ],
    ],
    ledger,
  );
  ledger.changed(child(node, 'use_incoming_timestamp'), to, 'the time of an event is its own');
  ledger.carried(child(node, 'forward_to'), to);
  if (/^\w[\w .()&/%+-]*$/.test(written)) {
    ledger.carried(name, to);
    machine.eventLogs.push(written);
  } else ledger.impossible(name ?? node, 'a log of events is said by its name, such as `System`');
  machine.windows = true;
  machine.labelled.push({ labels: entriesOf(child(node, 'labels')), told: `channel="${written}"` });
  belongs(component, machine, context);
}

const FIELDS: ReadonlyMap<string, string> = new Map([
  ['__journal__systemd_unit', 'unit'],
  ['__journal_syslog_identifier', 'identifier'],
  ['__journal_priority_keyword', 'level'],
]);

/** A step on the labels of lines. */
export function readLineRule(rule: SourceNode, { ledger, where, group }: AlloyContext): void {
  if (where === 'nodes') {
    ledger.impossible(rule, `lines have the labels of their pod; ${byHand('`loki.relabel`')}`);
    return;
  }
  const [field = ''] = textsOf(child(rule, 'source_labels'));
  const metadata = FIELDS.get(field);
  const to = `ingest.hosts[${group}]`;
  if (metadata !== undefined)
    ledger.changed(
      rule,
      `${to}.journal`,
      `it is structured metadata, which a query asks for after the braces: \`${metadata}="…"\``,
    );
  else if (textOf(child(rule, 'target_label')) === 'instance')
    ledger.changed(rule, to, 'label `instance` is the name of the machine');
  else
    ledger.impossible(
      rule,
      `labels of lines are \`instance\`, which is the machine, \`filename\`, and those of \`${to}.labels\`: say there what all lines shall have`,
    );
}
