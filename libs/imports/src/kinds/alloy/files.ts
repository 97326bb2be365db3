import { parseAlloy } from '@lgtm-fleet/alloy';
import type { SourceFile } from '@lgtm-fleet/spec';
import type { Inputs } from '../../core/draft.ts';
import type { Ledger } from '../../core/ledger.ts';
import { textOf } from '../../core/look.ts';
import type { MapNode, SourceNode } from '../../core/node.ts';
import { READ_BY_ITSELF } from '../../embedded/documents.ts';
import { moved, placeOf } from '../../embedded/place.ts';
import { positionAt } from '@lgtm-fleet/diagnostics';
import { readChart } from './charts.ts';
import { treeOf } from './syntax/tree.ts';

/** The inputs that are configurations of Alloy, as trees. */
export interface Configuration {
  readonly roots: readonly MapNode[];
  /** Whether any of it was in values of a chart. */
  readonly charted: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

const ALLOY = /\.(?:alloy|river)$/;
const DATA = /\.(?:ya?ml|json)$/;

export function readFiles({ files, cluster }: Inputs, ledger: Ledger): Configuration {
  const single = files.length === 1 && !files.some(({ path }) => DATA.test(path));
  const roots = files.filter(({ path }) => single || ALLOY.test(path)).flatMap((file) => treeOfFile(file, ledger));
  const charts = files
    .filter(({ path, text }) => DATA.test(path) && MAY_HOLD.test(text))
    .flatMap((file) => chartsIn(file, cluster, ledger));
  return {
    roots: [...roots, ...charts.flatMap(({ roots: own }) => own)],
    charted: charts.length > 0,
    labels: Object.assign({}, ...charts.map(({ labels }) => labels)) as Record<string, string>,
  };
}

/** Files of data that are no values are left to those that name them. */
const MAY_HOLD = /configMap|extraConfig|\.(?:alloy|river)["']?\s*:/;

function treeOfFile(file: SourceFile, ledger: Ledger): readonly MapNode[] {
  const { file: parsed, faults } = parseAlloy(file.text);
  for (const { message, span, help } of faults)
    ledger.refuse(
      {
        id: 'unreadable-input',
        severity: 'error',
        message,
        file: file.path,
        span,
        ...(help !== undefined && { help }),
      },
      file.text,
    );
  if (faults.length > 0) return [];
  const tree = treeOf(parsed, file.path);
  if (tree.entries.size === 0) {
    ledger.carried(ledger.whole(file), 'nothing: the file is empty');
    return [];
  }
  ledger.open(tree);
  return [tree];
}

function chartsIn(file: SourceFile, cluster: string, ledger: Ledger) {
  return ledger.documents(file).flatMap((document) => {
    const chart = readChart(document, cluster, ledger);
    if (chart === undefined) return [];
    return [{ labels: chart.labels, roots: chart.texts.flatMap((text) => treeInText(text, file, ledger)) }];
  });
}

function treeInText(leaf: SourceNode, file: SourceFile, ledger: Ledger): readonly MapNode[] {
  const text = textOf(leaf) ?? '';
  const { file: parsed, faults } = parseAlloy(text);
  const place = placeOf(leaf, text, file.text);
  const [fault] = faults;
  if (fault !== undefined) {
    const line = place.line + positionAt(text, fault.span.start).line - 1;
    const template = /\{\{/.test(text) ? ': a template of Helm has to be rendered first (`helm template`)' : '';
    ledger.impossible(leaf, `its text cannot be read: ${fault.message}, in line ${line}${template}`);
    return [];
  }
  const tree = moved(treeOf(parsed, leaf.file), place);
  if (tree.entries.size === 0) return [];
  ledger.carried(leaf, READ_BY_ITSELF);
  ledger.open(tree);
  return [tree];
}
