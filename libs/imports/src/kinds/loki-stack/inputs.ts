import { parseLogql, parsePromql } from '@lgtm-fleet/queries';
import type { SourceFile } from '@lgtm-fleet/spec';
import type { DraftFile, Inputs } from '../../core/draft.ts';
import { child, entriesOf, isMap, itemsOf, textOf } from '../../core/look.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { SourceNode } from '../../core/node.ts';
import { dashboardFile } from '../../dashboards/dashboard.ts';
import { groupsFile } from '../../rules/rules.ts';
import { logRules } from './rules.ts';

/** Values of the chart, with the file that they stand in. */
export interface Values {
  readonly values: SourceNode;
  readonly file: SourceFile;
}

/** What the inputs have: values of the chart, and files that come along by themselves. */
export interface Found {
  readonly values: readonly Values[];
  readonly files: readonly DraftFile[];
}

interface InputContext {
  readonly ledger: Ledger;
  readonly ruleName: (wanted: string) => string;
  readonly dashboardName: (wanted: string) => string;
}

/** Looks at every input: values, files of rules, dashboards. */
export function readInputs({ files }: Pick<Inputs, 'files'>, context: InputContext): Found {
  const found = files.flatMap((file): readonly Found[] => {
    if (/\.json$/.test(file.path)) return [dashboard(file, context)];
    if (!/\.ya?ml$/.test(file.path) && files.length > 1) return [];
    return context.ledger.documents(file).map((document) => readDocument(document, file, context));
  });
  return {
    values: found.flatMap(({ values }) => values).toSorted((left, right) => rank(left) - rank(right)),
    files: found.flatMap(({ files: own }) => own),
  };
}

/** `values.yaml` says what the others change. */
function rank({ file: { path } }: Values): number {
  return path.split('/').length * 2 - (/(?:^|\/)values\.ya?ml$/.test(path) ? 1 : 0);
}

function dashboard(file: SourceFile, { ledger, dashboardName: name }: InputContext): Found {
  const board = dashboardFile(file.text, file.path.split('/').at(-1) ?? '', ledger.whole(file), { ledger, name });
  return { values: [], files: board === undefined ? [] : [board] };
}

/** Values inside what installs the chart: Flux and Argo CD. */
const INSTALLERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['HelmRelease', ['spec', 'values']],
  ['Application', ['spec', 'source', 'helm', 'valuesObject']],
]);
const PARTS = ['loki', 'promtail', 'grafana', 'prometheus', 'fluent-bit', 'filebeat', 'logstash'];

function readDocument(document: SourceNode, file: SourceFile, context: InputContext): Found {
  const { ledger } = context;
  const groups = child(document, 'groups');
  if (groups?.kind === 'list') return rules(groups, file, context);
  const path = INSTALLERS.get(textOf(child(document, 'kind')) ?? '');
  const inside = path === undefined ? undefined : child(document, ...path);
  if (inside !== undefined) {
    ledger.carried(document, 'nothing: it is how the chart was installed');
    for (const [, node] of entriesOf(inside)) ledger.forgotten(node);
  }
  const outer = inside ?? document;
  for (const key of ['USER-SUPPLIED VALUES', 'COMPUTED VALUES'])
    ledger.carried(child(outer, key), 'nothing: helm writes it above the values');
  // An umbrella chart has the values below the name of the chart.
  const values = child(outer, 'loki-stack') ?? outer;
  return {
    values: isMap(values) && PARTS.some((key) => child(values, key) !== undefined) ? [{ values, file }] : [],
    files: [],
  };
}

/** A file of rules, of the language that reads all of its queries. */
function rules(groups: SourceNode, file: SourceFile, { ledger, ruleName }: InputContext): Found {
  const queries = itemsOf(groups).flatMap((group) =>
    itemsOf(child(group, 'rules')).flatMap((rule) => textOf(child(rule, 'expr')) ?? []),
  );
  const failing = queries.filter((query) => parsePromql(query).tree === undefined);
  const ofLoki = failing.some((query) => parseLogql(query).tree !== undefined);
  const written = ofLoki ? logRules(groups, file, ledger) : groupsFile(groups, file, { ledger });
  if (written === undefined) return { values: [], files: [] };
  const base =
    file.path
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]*$/, '') ?? '';
  const path = `rules/${ruleName(ofLoki && !base.startsWith('loki') ? `loki-${base}` : base)}.yaml`;
  return { values: [], files: [{ ...written, path }] };
}
