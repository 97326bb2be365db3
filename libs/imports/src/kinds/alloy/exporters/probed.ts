import { child, entriesOf, itemsOf, textOf } from '../../../core/look.ts';
import { takeText } from '../../../core/take.ts';
import type { SourceNode } from '../../../core/node.ts';
import { isBound } from '../modules/found.ts';
import { blocksOf, isComputed, type BlockNode } from '../syntax/nodes.ts';
import type { ExporterReading } from './exporter.ts';

/** What an exporter is asked about, with the labels that it gets. */
export interface Probed {
  readonly node: SourceNode;
  readonly address: SourceNode;
  readonly labels: Readonly<Record<string, string>>;
}

/** Keys of an item of `targets` that are no labels. */
const OWN = new Set(['name', 'address', '__address__', 'module', 'auth', 'walk_params', 'snmp_context', 'target']);

/** Targets of an exporter that asks others: blocks, or a list of maps. */
export function probedBy(node: BlockNode, { ledger, to, world }: ExporterReading): readonly Probed[] {
  const list = child(node, 'targets');
  const items = list?.kind === 'list' ? itemsOf(list) : list === undefined ? [] : [list];
  const blocks = blocksOf(node, 'target');
  return [...blocks, ...items].flatMap((one): readonly Probed[] => {
    if (isComputed(one)) {
      world.ledger.impossible(one, isBound(one) ? FOUND : 'only Alloy works it out');
      return [];
    }
    const address = child(one, 'address') ?? child(one, '__address__');
    if (address === undefined) {
      ledger.impossible(one, 'it has no `address`');
      return [];
    }
    ledger.changed(
      child(one, 'name'),
      to,
      'series say by `instance` what they are about; label `job` has no name of a target behind it',
    );
    const said = blocks.includes(one as BlockNode)
      ? entriesOf(child(one, 'labels'))
      : entriesOf(one).filter(([key]) => !OWN.has(key));
    const labels = said.flatMap(([name, value]) => {
      const text = takeText(ledger, value, `${to}.labels`);
      return text === undefined ? [] : [[name, text] as const];
    });
    return [{ node: one, address, labels: Object.fromEntries(labels) }];
  });
}

const FOUND = 'what is asked is named in the cluster file, and not found by another component: name it';

/** Alike in what is said of them, in the order of the first of each. */
export function alike(probed: readonly Probed[], said: (one: Probed) => string): readonly (readonly Probed[])[] {
  const key = (one: Probed): string =>
    JSON.stringify([said(one), Object.entries(one.labels).toSorted(([left], [right]) => (left < right ? -1 : 1))]);
  return [...Map.groupBy(probed, key).values()];
}

export function moduleIn({ node }: Probed): SourceNode | undefined {
  return child(node, 'module');
}

export function textIn(node: SourceNode | undefined): string {
  return textOf(node) ?? '';
}
