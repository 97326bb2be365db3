import type { YamlMap } from '../core/draft.ts';
import { entriesOf, itemsOf, numberOf, textOf, textsOf } from '../core/look.ts';
import { isNothing } from '../core/take.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';

const KEYS = new Map(
  Object.entries({
    source_labels: 'sourceLabels',
    separator: 'separator',
    regex: 'regex',
    modulus: 'modulus',
    target_label: 'targetLabel',
    replacement: 'replacement',
    action: 'action',
  }),
);

/** Steps of relabelling under the names that the cluster file has for them. */
export function relabelRules(
  list: SourceNode | undefined,
  key: 'relabel' | 'metricRelabel',
  reading: Reading,
): YamlMap[] {
  return itemsOf(list).map((item) => relabelRule(item, `${reading.to}.${key}`, reading));
}

export function relabelRule(
  item: SourceNode,
  to: string,
  { ledger, fatal }: Pick<Reading, 'ledger' | 'fatal'>,
): YamlMap {
  // One row of the report, but for what is said of a key.
  ledger.carried(item, to);
  return Object.fromEntries(
    entriesOf(item).flatMap(([key, node]) => {
      const name = KEYS.get(key);
      // Prometheus refuses a key that it does not know, so this step is of another version than is known here.
      if (name === undefined) {
        fatal.push(`a step of relabelling has the unknown key \`${key}\``);
        return [];
      }
      const value = valueOf(name, node);
      if (value === undefined) {
        if (isNothing(node)) ledger.carried(node, 'nothing: it has no value, which is the default');
        else fatal.push(`\`${key}\` of a step of relabelling has no value that can be read`);
        return [];
      }
      if (value === '' && name === 'regex') {
        ledger.changed(node, to, 'the empty expression is written `^$`');
        return [[name, '^$'] as const];
      }
      return [[name, value] as const];
    }),
  );
}

function valueOf(name: string, node: SourceNode): YamlMap[string] {
  if (name === 'sourceLabels') return allTexts(node);
  if (name === 'modulus') return numberOf(node) ?? textOf(node);
  const text = textOf(node);
  return name === 'action' ? text?.toLowerCase() : text;
}

/** Texts of a list that has nothing else. */
function allTexts(node: SourceNode): readonly string[] | undefined {
  const texts = textsOf(node);
  return node.kind === 'list' && texts.length < node.items.length ? undefined : node.kind === 'map' ? undefined : texts;
}
