import type { SourceFile } from '@lgtm-fleet/spec';
import type { Inputs } from '../../core/draft.ts';
import { child, entriesOf, isMap, textOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';

/** Keys at the top of a configuration, of values of the chart, and of an object that holds either as a text. */
const MAIN = /(?:^|\n)(?:scrape_configs|clients?|positions|config|kind: *(?:ConfigMap|Secret)):?/;

/** Every configuration among the inputs, of a single file whatever it is. */
export function configurations({ files, ledger }: Inputs): readonly SourceNode[] {
  return files
    .filter((file) => files.length === 1 || isConfiguration(file))
    .flatMap((file) => {
      const [root, ...others] = ledger.documents(file);
      for (const other of others) ledger.impossible(other, 'Promtail reads one document: give each a file of its own');
      if (root === undefined) return [];
      if (isObject(root))
        for (const [, text] of [...entriesOf(child(root, 'data')), ...entriesOf(child(root, 'stringData'))])
          ledger.impossible(text, 'it is a text inside of another file: save it as `promtail.yaml`, and import that');
      return isPromtail(root) || isChart(root) ? [root] : [];
    });
}

function isConfiguration({ path, text }: SourceFile): boolean {
  return /\.ya?ml$/.test(path) && MAIN.test(text);
}

function isPromtail(root: SourceNode): boolean {
  return isMap(root) && ['scrape_configs', 'clients', 'client'].some((key) => child(root, key) !== undefined);
}

/** Whether it is values of the chart of Promtail. */
export function isChart(root: SourceNode): boolean {
  const config = child(root, 'config');
  return ['clients', 'snippets', 'file', 'logLevel', 'lokiAddress'].some((key) => child(config, key) !== undefined);
}

function isObject(root: SourceNode): boolean {
  return ['ConfigMap', 'Secret'].includes(textOf(child(root, 'kind')) ?? '');
}
