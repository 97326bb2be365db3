import type { SourceFile } from '@lgtm-fleet/spec';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { Document, parseDocument, visit } from 'yaml';
import type { DraftFile } from '../core/draft.ts';
import { child, entriesOf, isMap, itemsOf, plainOf, textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import { namer } from '../core/names.ts';
import type { SourceNode, Step } from '../core/node.ts';
import { refusedIn, type Language } from './refused.ts';

export interface RuleContext {
  readonly ledger: Ledger;
  /** Put on groups that have none. */
  readonly interval?: string | undefined;
  /** PromQL unless said. */
  readonly language?: Language;
}

/** The files of rules that a configuration names, as they come along. */
export function ruleFiles(
  list: SourceNode | undefined,
  context: RuleContext & { readonly filesAt: (pattern: string) => readonly SourceFile[] },
): readonly DraftFile[] {
  const { ledger, filesAt } = context;
  const found = new Map<string, SourceFile>();
  for (const node of itemsOf(list)) {
    const files = filesAt(textOf(node) ?? '');
    if (files.length === 0)
      ledger.impossible(node, 'no such file is among the inputs: lay it beside the configuration and import again');
    else ledger.carried(node, 'rules/');
    for (const file of files) found.set(file.path, file);
  }
  const name = namer();
  return [...found.values()].flatMap((file) => {
    const written = ruleFile(file, context);
    const base =
      file.path
        .replace(/\.[^./]*$/, '')
        .split('/')
        .at(-1) ?? '';
    return written === undefined ? [] : [{ ...written, path: `rules/${name(base)}.yaml` }];
  });
}

/** A file of rules without what the ruler would refuse; nothing where it has none. */
export function ruleFile(file: SourceFile, context: RuleContext): Omit<DraftFile, 'path'> | undefined {
  const { ledger } = context;
  const [root, ...others] = ledger.documents(file);
  for (const other of others) ledger.impossible(other, 'a file of rules is one document: give each a file of its own');
  if (root === undefined) return undefined;
  const groups = itemsOf(child(root, 'groups'));
  if (groups.length === 0) {
    ledger.impossible(root, 'the file has no `groups` of rules');
    return undefined;
  }
  const edits = editsOf(groups, file, context);
  const strange = entriesOf(root).flatMap(([key, node]) => {
    if (key === 'groups') return [];
    ledger.impossible(node, 'a file of rules has `groups` alone: it is left out');
    return [[key]];
  });
  if (edits.removed.length + edits.bare.length + strange.length + others.length === 0)
    return { text: file.text, origin: root };
  const read = parseDocument(file.text, { logLevel: 'silent', prettyErrors: false });
  // With its comments, unless aliases stand in the way of editing it.
  const edited = hasAlias(read) ? new Document(plainOf(root), { aliasDuplicateObjects: false }) : read;
  for (const group of edits.bare) edited.setIn(['groups', group, 'interval'], context.interval);
  for (const path of edits.removed.toReversed()) edited.deleteIn(['groups', ...path]);
  for (const path of strange) edited.deleteIn(path);
  return { text: edited.toString({ lineWidth: 0 }), origin: root };
}

/** Groups that stand in something else, as a file of rules. */
export function groupsFile(list: SourceNode, file: SourceFile, context: RuleContext): Omit<DraftFile, 'path'> {
  const { bare, removed } = editsOf(itemsOf(list), file, context);
  const edited = new Document({ groups: plainOf(list) }, { aliasDuplicateObjects: false });
  for (const group of bare) edited.setIn(['groups', group, 'interval'], context.interval);
  for (const path of removed.toReversed()) edited.deleteIn(['groups', ...path]);
  return { text: stringify(edited.toJS() as YamlValue), origin: list };
}

interface Edits {
  /** Groups that get an interval. */
  readonly bare: readonly number[];
  readonly removed: readonly (readonly Step[])[];
}

function editsOf(groups: readonly SourceNode[], file: SourceFile, context: RuleContext): Edits {
  const { ledger, interval, language = 'promql' } = context;
  for (const group of groups) ledger.carried(group, 'rules/');
  const removed = refusedIn(groups, { ledger, file, language });
  const bare = groups.flatMap((group, index) =>
    interval !== undefined && isMap(group) && child(group, 'interval') === undefined ? [index] : [],
  );
  return { bare, removed };
}

function hasAlias(document: Document.Parsed): boolean {
  const found: true[] = [];
  visit(document, {
    Alias: () => {
      found.push(true);
      return visit.BREAK;
    },
  });
  return found.length > 0;
}
