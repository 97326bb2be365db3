import type { SourceFile } from '@lgtm-fleet/spec';
import { secondsOf } from '@lgtm-fleet/units';
import { durationText } from '../../core/durations.ts';
import type { Draft, DraftFile, Drafted, ImportKind, Inputs, YamlMap } from '../../core/draft.ts';
import { child, entriesOf, itemsOf, textOf } from '../../core/look.ts';
import { namer } from '../../core/names.ts';
import type { SourceNode } from '../../core/node.ts';
import { dashboardFile } from '../../dashboards/dashboard.ts';
import type { Part, StackContext } from './context.ts';
import { LOAD_RULES } from '../../rules/advice.ts';
import { groupsFile } from '../../rules/rules.ts';
import { readObject } from './objects.ts';
import { USUAL_INTERVAL } from './prometheus-spec.ts';
import { readValues } from './values.ts';

/** Values of the chart, and objects of the Prometheus operator, with dashboards. */
export const kubePrometheusStack: ImportKind = {
  name: 'kube-prometheus-stack',
  description:
    'values.yaml of the chart (as `helm get values` says them), or a folder with it, with manifests of the Prometheus operator, and with dashboards in JSON',
  read: (inputs) => {
    const context: StackContext = {
      ...inputs,
      name: namer(),
      ruleName: namer(),
      dashboardName: namer(),
      monitorName: namer(),
      evaluation: evaluationOf(inputs),
    };
    const parts = inputs.files.flatMap((file) => readFile(file, context));
    return together(parts, inputs, context.evaluation);
  },
};

/** How often rules are evaluated, by the first of the inputs that says it. */
function evaluationOf({ files, ledger }: Inputs): string {
  const said = files
    .filter(({ path, text }) => /\.ya?ml$/.test(path) && text.includes('evaluationInterval'))
    .flatMap((file) => ledger.documents(file))
    .flatMap((document) => {
      const values =
        child(document, 'spec', 'values') ?? child(document, 'spec', 'source', 'helm', 'valuesObject') ?? document;
      const own = child(values, 'kube-prometheus-stack') ?? values;
      return (
        secondsOf(
          textOf(
            child(own, 'prometheus', 'prometheusSpec', 'evaluationInterval') ??
              child(document, 'spec', 'evaluationInterval'),
          ),
        ) ?? []
      );
    });
  return durationText(Math.max(1, Math.round(said[0] ?? USUAL_INTERVAL)));
}

function readFile(file: SourceFile, context: StackContext): readonly Part[] {
  const { ledger } = context;
  // A dashboard is one thing, and its thousands of keys are Grafana's.
  if (/\.json$/.test(file.path) && !/^\s*\{\s*"(?:apiVersion|kind)"/.test(file.text)) {
    const board = dashboardFile(file.text, file.path.split('/').at(-1) ?? '', ledger.whole(file), {
      ledger,
      name: context.dashboardName,
    });
    return board === undefined ? [] : [{ files: [board] }];
  }
  if (!/\.(?:ya?ml|json)$/.test(file.path)) return [];
  return ledger.documents(file).flatMap((document) => readDocument(document, file, context));
}

function readDocument(document: SourceNode, file: SourceFile, context: StackContext): readonly Part[] {
  const { ledger } = context;
  const groups = child(document, 'groups');
  if (groups?.kind === 'list') return [plainRules(groups, file, context)];
  const kind = textOf(child(document, 'kind'));
  if (kind !== undefined && textOf(child(document, 'apiVersion')) !== undefined) {
    if (!kind.endsWith('List') || child(document, 'items') === undefined)
      return readChart(document, kind, file, context);
    for (const key of ['apiVersion', 'kind', 'metadata'])
      ledger.carried(child(document, key), 'nothing: it only holds the list');
    return itemsOf(child(document, 'items')).flatMap((item) => readDocument(item, file, context));
  }
  return [readValues(unwrapped(document, context), file, context)];
}

/** A file of rules as Prometheus itself takes it. */
function plainRules(
  groups: SourceNode,
  file: SourceFile,
  { ledger, ruleName, evaluation: interval }: StackContext,
): Part {
  const base =
    file.path
      .replace(/\.[^./]*$/, '')
      .split('/')
      .at(-1) ?? '';
  return { files: [{ ...groupsFile(groups, file, { ledger, interval }), path: `rules/${ruleName(base)}.yaml` }] };
}

/** Values inside what installs the chart: Flux and Argo CD. */
const INSTALLERS = new Map<string, readonly string[]>([
  ['HelmRelease', ['spec', 'values']],
  ['Application', ['spec', 'source', 'helm', 'valuesObject']],
]);

function readChart(document: SourceNode, kind: string, file: SourceFile, context: StackContext): readonly Part[] {
  const path = INSTALLERS.get(kind);
  const values = path === undefined ? undefined : child(document, ...path);
  if (values === undefined) return [readObject(document, kind, file, context)];
  context.ledger.carried(document, 'nothing: it is how the chart was installed');
  for (const leaf of entriesOf(values)) context.ledger.forgotten(leaf[1]);
  return [readValues(unwrapped(values, context), file, context)];
}

/** An umbrella chart has the values below the name of the chart; `helm get values` has a line above them. */
function unwrapped(values: SourceNode, { ledger }: StackContext): SourceNode {
  ledger.carried(child(values, 'USER-SUPPLIED VALUES'), 'nothing: helm writes it above the values');
  ledger.carried(child(values, 'COMPUTED VALUES'), 'nothing: helm writes it above the values');
  return child(values, 'kube-prometheus-stack') ?? values;
}

function together(parts: readonly Part[], inputs: Inputs, interval: string): Draft {
  const files: readonly DraftFile[] = parts.flatMap((part) => part.files ?? []);
  const sources: readonly Drafted[] = parts.flatMap((part) => part.sources ?? []);
  const spec: YamlMap = Object.assign({}, ...parts.map((part) => part.spec ?? {})) as YamlMap;
  const rules = files.some(({ path }) => path.startsWith('rules/'));
  const has = (folder: string): boolean => files.some(({ path }) => path.startsWith(`${folder}/`));
  const folder = `clusters/${inputs.cluster}`;
  return {
    spec: { ...spec, ...(rules && { metrics: { store: 'mimir' } }) },
    labels: Object.assign({}, ...parts.map((part) => part.labels ?? {})) as Record<string, string>,
    comments: rules ? { 'metrics/store': 'Prometheus as a store evaluates no rules' } : {},
    sources,
    files,
    advice: [
      'Where the stack runs, and where its data lie: `kubernetes.nodes`, `objectStorage`, `exposure`. The draft is one node with its own volumes, where the values say nothing else',
      'How many series there are: `load.metrics.activeSeries`. Ask the running Prometheus for `prometheus_tsdb_head_series`, and write what it says',
      'ServiceMonitors and PodMonitors stay as they are. Those of the chart itself go with the chart: keep what you need of them (`kubectl get servicemonitors,podmonitors -A -o yaml`) before you uninstall it',
      'Rules and dashboards that the chart brings come from its mixins, and are not among the inputs: `kubectl get prometheusrules -A -o yaml` and the ConfigMaps with label `grafana_dashboard` are what runs',
      ...(spec['retention'] === undefined
        ? [
            'How long metrics are kept: `retention.metrics`. The chart keeps them for 10d unless said; the draft for 30d',
          ]
        : []),
      ...(rules ? [LOAD_RULES] : []),
      ...(rules ? [`Groups of rules that say no interval are evaluated every ${interval}, as the operator does`] : []),
      ...(has('dashboards')
        ? [
            `Dashboards are not loaded by Argo CD: import what is in \`${folder}/dashboards/\` in Grafana, into a folder of the tenant`,
          ]
        : []),
      ...(has('monitors')
        ? [
            `Monitors of the values are objects now: \`kubectl apply -f ${folder}/monitors/\`, or lay them where the application lies`,
          ]
        : []),
    ],
  };
}
