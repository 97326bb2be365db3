import { child, itemsOf, textOf } from '../../../core/look.ts';
import { dnsLabel } from '../../../core/names.ts';
import type { SourceNode } from '../../../core/node.ts';
import { BARE, labelOf } from '../checks/tags.ts';
import type { DatadogContext } from '../context.ts';

/** Labels that the collector of a group sets itself. */
const OWN_LABELS = new Set(['cluster', 'job', 'instance', 'filename', 'channel', 'source']);
const VALUE = /^[a-zA-Z0-9](?:[-._a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/** Tags of everything that an agent sends: labels of a group of machines, or of the cluster. */
export function tagsOf(
  nodes: readonly (SourceNode | undefined)[],
  context: DatadogContext,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    nodes
      .flatMap((list) => (list?.kind === 'scalar' ? [list] : itemsOf(list)))
      .flatMap((node) => {
        const label = labelOf(textOf(node) ?? '');
        if (label !== undefined) return tag(node, label.name, label.value, context);
        context.ledger.impossible(node, BARE);
        return [];
      }),
  );
}

/** The environment, which is a tag, too. */
export function environmentOf(document: SourceNode, context: DatadogContext): Readonly<Record<string, string>> {
  const node = child(document, 'env');
  const text = textOf(node);
  return node === undefined || text === undefined || text === ''
    ? {}
    : Object.fromEntries(tag(node, 'env', text, context));
}

function tag(
  node: SourceNode,
  name: string,
  value: string,
  { ledger, where, group, machine, cluster }: DatadogContext,
): readonly (readonly [string, string])[] {
  if (where === 'machine') {
    if (OWN_LABELS.has(name))
      ledger.changed(
        node,
        `ingest.hosts[${group}].labels`,
        `the collector of a machine sets the label \`${name}\` itself`,
      );
    else {
      ledger.carried(node, `ingest.hosts[${group}].labels.${name}`);
      machine.labels.set(name, value);
    }
    return [];
  }
  const key = dnsLabel(name);
  if (name === 'cluster' || name === 'kube_cluster_name') {
    ledger.changed(
      node,
      'metadata.name',
      `label \`cluster\` of everything is the name of the cluster file, \`${cluster}\``,
    );
    return [];
  }
  if (!VALUE.test(value) || value.length > 63) {
    ledger.impossible(node, 'it is no value of a label of a cluster; `labels` of a source put labels on its series');
    return [];
  }
  ledger.changed(
    node,
    `metadata.labels.${key}`,
    'it describes the cluster, and is put on nothing: only `cluster` is; say `labels` of a source where series need it',
  );
  return [[key, value]];
}
