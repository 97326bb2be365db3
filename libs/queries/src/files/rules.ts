import type { Span } from '@lgtm-fleet/diagnostics';
import { isMap, type Node } from 'yaml';
import { error, type QueryFault } from '../core/fault.ts';
import { itemsOf, pairsOf, placeOf, readFile, type TextInFile, textOf, valueOf } from './read.ts';

/** One rule of a group of Prometheus, Mimir or Loki. All places are of the file. */
export interface Rule {
  readonly kind: 'record' | 'alert';
  readonly group: string;
  readonly name: TextInFile;
  readonly expr: TextInFile;
  readonly for: TextInFile | undefined;
  readonly labels: ReadonlyMap<string, TextInFile>;
  readonly annotations: ReadonlyMap<string, TextInFile>;
  readonly place: Span;
}

export interface RuleFile {
  readonly rules: readonly Rule[];
  /** What keeps the file, or a rule of it, from being read. */
  readonly faults: readonly QueryFault[];
}

/**
 * The rules of a file: `groups:` at its top, or below `spec:` as in a PrometheusRule; or one group alone, as a ruler is
 * given it. Never throws.
 */
export function readRules(text: string): RuleFile {
  const { root, faults } = readFile(text);
  if (root === undefined) return { rules: [], faults };
  const groups = valueOf(root, 'groups') ?? valueOf(valueOf(root, 'spec'), 'groups');
  const alone = valueOf(root, 'name') !== undefined && valueOf(root, 'rules') !== undefined;
  if (groups === undefined && !alone) {
    const { start } = placeOf(root);
    return { rules: [], faults: [error('no-rule-groups', 'the file has no `groups`', { start, end: start + 1 })] };
  }
  const read = (groups === undefined ? [root] : itemsOf(groups)).flatMap((group) => {
    const name = textOf(text, valueOf(group, 'name'))?.text ?? '';
    return itemsOf(valueOf(group, 'rules')).map((rule) => readRule(text, rule, name));
  });
  return {
    rules: read.flatMap((one) => ('expr' in one ? [one] : [])),
    faults: read.flatMap((one) => ('expr' in one ? [] : [one])),
  };
}

function readRule(text: string, node: Node, group: string): Rule | QueryFault {
  const [start, end] = node.range ?? [0, 0];
  const place = { start, end };
  const record = textOf(text, valueOf(node, 'record'));
  const alert = textOf(text, valueOf(node, 'alert'));
  const name = alert ?? record;
  const first = { start, end: Math.min(end, start + 1) };
  if (name === undefined || (alert !== undefined && record !== undefined))
    return error('invalid-rule', 'a rule has either `alert` or `record`', first);
  const expr = textOf(text, valueOf(node, 'expr'));
  if (expr === undefined) return error('invalid-rule', 'the rule has no `expr`', name.place);
  return {
    kind: alert === undefined ? 'record' : 'alert',
    group,
    name,
    expr,
    for: textOf(text, valueOf(node, 'for')),
    labels: textsOf(text, valueOf(node, 'labels')),
    annotations: textsOf(text, valueOf(node, 'annotations')),
    place,
  };
}

function textsOf(text: string, node: Node | undefined): ReadonlyMap<string, TextInFile> {
  const pairs = isMap(node) ? pairsOf(node) : [];
  return new Map(
    pairs.flatMap(({ name, value }) => {
      const found = textOf(text, value);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

/** Alerts without a `runbook_url` that is an address. */
export function checkRunbooks(rules: readonly Rule[]): readonly QueryFault[] {
  return rules.flatMap(({ kind, name, annotations }) => {
    if (kind !== 'alert') return [];
    const runbook = annotations.get('runbook_url');
    const help = 'say under `annotations.runbook_url` where it is written what to do';
    if (runbook === undefined || runbook.text.trim() === '')
      return [error('missing-runbook', `the alert \`${name.text}\` has no runbook`, name.place, help)];
    if (/^https?:\/\/[^\s/]+/.test(runbook.text)) return [];
    return [error('invalid-runbook', 'a runbook is given by its address, `https://…`', runbook.place)];
  });
}

/** Faults of a query with their places in the file. */
export function inFile(faults: readonly QueryFault[], query: TextInFile): readonly QueryFault[] {
  return faults.map((fault) => ({ ...fault, span: query.inFile(fault.span) }));
}
