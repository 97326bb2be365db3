import type { SourceFile } from '@lgtm-fleet/spec';
import type { DraftFile } from '../../core/draft.ts';
import { child, isMap, itemsOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { ListNode, SourceNode } from '../../core/node.ts';
import { groupsFile } from '../../rules/rules.ts';
import { RECORDED } from './limits.ts';

/** Alerts over lines, as a file that comes along; nothing where none is left. */
export function logRules(
  groups: SourceNode | undefined,
  file: SourceFile,
  ledger: Ledger,
): Omit<DraftFile, 'path'> | undefined {
  if (groups?.kind !== 'list') return undefined;
  if (groups.items.length === 0) ledger.carried(groups, 'nothing: there are no rules in it');
  const alerts = groups.items.flatMap((group) => withoutRecords(group, ledger));
  if (alerts.length === 0) return undefined;
  return groupsFile({ ...groups, items: alerts }, file, { ledger, language: 'logql' });
}

/** A group without what it would record: that goes nowhere. */
function withoutRecords(group: SourceNode, ledger: Ledger): readonly SourceNode[] {
  const rules = child(group, 'rules');
  if (!isMap(group) || rules?.kind !== 'list') return [group];
  const records = itemsOf(rules).filter((rule) => textOf(child(rule, 'record')) !== undefined);
  if (records.length === 0) return [group];
  if (records.length === rules.items.length) ledger.impossible(group, 'nothing is left of the group');
  for (const rule of records) ledger.impossible(rule, RECORDED);
  if (records.length === rules.items.length) return [];
  const left: ListNode = { ...rules, items: rules.items.filter((rule) => !records.includes(rule)) };
  return [{ ...group, entries: new Map([...group.entries, ['rules', left]]) }];
}
