import { child, textOf } from '../../../core/look.ts';
import type { SourceNode } from '../../../core/node.ts';
import type { Part, ReadDocument } from '../context.ts';

/** Tests that Datadog runs from places of its own. */
export const readSynthetics: ReadDocument = (document, _file, context): Part => {
  for (const one of testsIn(document)) {
    const name = (textOf(child(one, 'name')) ?? '').slice(0, 80).replaceAll('`', "'");
    const kind = textOf(child(one, 'subtype')) ?? textOf(child(one, 'type')) ?? '';
    context.ledger.impossible(
      one,
      KINDS.has(kind)
        ? `test \`${name}\`: it runs from places of Datadog. A source of kind \`blackbox\` probes the same address from this cluster, \`${KINDS.get(kind) ?? 'http'}\`; what it compares beyond the status and one expression is for a program of yours`
        : `test \`${name}\`: browsers and steps are not run: a source of kind \`blackbox\` probes single addresses, and \`k6\` runs what has steps`,
    );
  }
  return {};
};

const KINDS = new Map([
  ['http', 'http'],
  ['ssl', 'tcp'],
  ['tcp', 'tcp'],
  ['dns', 'dns'],
  ['icmp', 'icmp'],
]);

export function testsIn(document: SourceNode): readonly SourceNode[] {
  const list = document.kind === 'list' ? document : child(document, 'tests');
  const items = list?.kind === 'list' ? list.items : [document];
  return items.filter(
    (item) => /^(?:api|browser|mobile)$/.test(textOf(child(item, 'type')) ?? '') && child(item, 'config') !== undefined,
  );
}
