import { entriesOf, textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import { dnsLabel } from '../core/names.ts';
import type { SourceNode } from '../core/node.ts';

const REPLICA = /^_*(?:prometheus_)?replica_*$/;

/** Labels that a Prometheus puts on everything that it sends, as labels of the cluster. */
export function externalLabels(
  labels: SourceNode | undefined,
  cluster: string,
  ledger: Ledger,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(labels).flatMap(([name, node]): readonly (readonly [string, string])[] => {
      const value = textOf(node) ?? '';
      if (name === 'cluster') {
        if (value === cluster) ledger.carried(node, 'metadata.name');
        else
          ledger.changed(
            node,
            'metadata.name',
            `label \`cluster\` of everything is the name of the cluster file, \`${cluster}\``,
          );
        return [];
      }
      if (REPLICA.test(name)) {
        ledger.impossible(node, 'collectors share their targets among themselves, and none is a copy of another');
        return [];
      }
      const key = dnsLabel(name);
      if (!/^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(value) || value.length > 63) {
        ledger.impossible(
          node,
          'it is no value of a label of a cluster; `labels` of a source put labels on its series',
        );
        return [];
      }
      ledger.changed(
        node,
        `metadata.labels.${key}`,
        'it describes the cluster, and is put on no series: only `cluster` is; say `labels` of a source where series need it',
      );
      return [[key, value]];
    }),
  );
}
