import { checkLogql, checkPromql, readRules, type QueryFault, type Rule } from '@lgtm-fleet/queries';
import { positionAt } from '@lgtm-fleet/diagnostics';
import type { SourceFile } from '@lgtm-fleet/spec';
import { secondsOf } from '@lgtm-fleet/units';
import { child, entriesOf, isMap, itemsOf, textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode, Step } from '../core/node.ts';

const GROUP_KEYS = new Set([
  ...['name', 'interval', 'limit', 'query_offset', 'labels', 'rules'],
  ...['source_tenants', 'evaluation_delay', 'align_evaluation_time_on_interval'],
]);
const RULE_KEYS = new Set(['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']);

export type Language = 'promql' | 'logql';
const CHECKS: Readonly<Record<Language, (text: string) => readonly QueryFault[]>> = {
  promql: (text) => checkPromql(text),
  logql: (text) => checkLogql(text),
};

interface Checked {
  readonly ledger: Ledger;
  /** The file that the groups stand in, for the line of a fault. */
  readonly file: SourceFile;
  readonly language: Language;
}

/**
 * What no ruler takes, by its path below the list of groups, in the order of the file: groups, rules and keys. Each is
 * marked with the first thing that is wrong with it.
 */
export function refusedIn(groups: readonly SourceNode[], checked: Checked): readonly (readonly Step[])[] {
  const { rules } = readRules(checked.file.text);
  const places = new Map(rules.map((rule) => [`${rule.name.text}\n${rule.expr.text}`, rule]));
  return groups.flatMap((group, at) => {
    if (!isMap(group) || textOf(child(group, 'name')) === undefined) {
      checked.ledger.impossible(group, 'it is no group of rules: a group has a `name`');
      return [[at]];
    }
    const list = itemsOf(child(group, 'rules'));
    const refused = list.flatMap((rule, index): readonly (readonly Step[])[] => {
      const why = whyRefused(rule, places, checked);
      if (why !== undefined) checked.ledger.impossible(rule, why);
      return why === undefined ? unknownKeys(rule, RULE_KEYS, [at, 'rules', index], checked) : [[at, 'rules', index]];
    });
    return [...unknownKeys(group, GROUP_KEYS, [at], checked), ...refused];
  });
}

function unknownKeys(node: SourceNode, known: ReadonlySet<string>, path: readonly Step[], { ledger }: Checked) {
  return entriesOf(node).flatMap(([key, value]): readonly (readonly Step[])[] => {
    if (known.has(key)) return [];
    ledger.impossible(value, 'the ruler knows no such key: it is left out');
    return [[...path, key]];
  });
}

function whyRefused(
  rule: SourceNode,
  places: ReadonlyMap<string, Rule>,
  { file, language }: Checked,
): string | undefined {
  const expr = child(rule, 'expr');
  const text = textOf(expr);
  const [record, alert] = [textOf(child(rule, 'record')), textOf(child(rule, 'alert'))];
  if (expr === undefined || text === undefined || (record === undefined) === (alert === undefined))
    return 'it is no rule: a rule has `expr`, and either `record` or `alert`';
  for (const key of ['for', 'keep_firing_for']) {
    const written = textOf(child(rule, key));
    if (written !== undefined && secondsOf(written) === undefined)
      return `the ruler would refuse it: \`${key}\` is no duration`;
  }
  const fault = CHECKS[language](text).find(({ severity }) => severity === 'error');
  if (fault === undefined) return undefined;
  const place = places.get(`${record ?? alert ?? ''}\n${text}`)?.expr;
  const line = place === undefined ? expr.line : positionAt(file.text, place.inFile(fault.span).start).line;
  return `the ruler would refuse it: ${fault.message}, in line ${line}`;
}
