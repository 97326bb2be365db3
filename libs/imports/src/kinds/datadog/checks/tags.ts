import { child, itemsOf, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { CheckReading } from './check.ts';

/** A tag of Datadog as a label; none where it has no value, or one that is known when the agent runs. */
export function labelOf(tag: string): { readonly name: string; readonly value: string } | undefined {
  const [, key = '', value = ''] = /^([^:]+):(.+)$/.exec(tag) ?? [];
  if (key === '' || /%%/.test(tag)) return undefined;
  const name = key
    .replace(/[^a-zA-Z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_')
    .replace(/^__+/, '_');
  return { name, value };
}

/** Where what is said of all instances of a file goes. */
export const EVERY = 'ingest.sources[]';

/** Labels of every series, by which rules and dashboards choose. */
const OF_SERIES = new Set(['cluster', 'job', 'instance']);

export const BARE = 'a tag without a value is no label: say one, `<name>:<value>`';

/** Labels of an instance: its tags, and its service. */
export function labelsOf(instance: SourceNode, { ledger, to, init }: CheckReading): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  for (const node of itemsOf(child(instance, 'tags'))) {
    const label = labelOf(textOf(node) ?? '');
    if (label === undefined) {
      ledger.impossible(node, BARE);
      continue;
    }
    if (OF_SERIES.has(label.name)) {
      const name = `exported_${label.name}`;
      labels.set(name, label.value);
      ledger.changed(
        node,
        `${to}.labels.${name}`,
        `label \`${label.name}\` says of every series where it comes from, and is not taken for another thing`,
      );
      continue;
    }
    labels.set(label.name, label.value);
    ledger.carried(node, `${to}.labels.${label.name}`);
  }
  const own = child(instance, 'service');
  const service = own ?? child(init, 'service');
  const text = textOf(service);
  if (text !== undefined && text !== '') {
    labels.set('service', text);
    ledger.carried(service, `${own === undefined ? EVERY : to}.labels.service`);
  }
  return Object.fromEntries(labels);
}
