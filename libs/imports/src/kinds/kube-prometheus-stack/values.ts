import type { SourceFile } from '@lgtm-fleet/spec';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import type { DraftFile } from '../../core/draft.ts';
import { booleanOf, child, entriesOf, itemsOf, plainOf, textOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { judge, passOver } from '../../core/verdicts.ts';
import { groupsFile } from '../../rules/rules.ts';
import type { Part, StackContext } from './context.ts';
import { readGrafana } from './grafana.ts';
import { readPrometheusSpec } from './prometheus-spec.ts';
import { alertmanager, prometheus, values as topLevel } from './verdicts.ts';

/** Parts of the chart that may be switched off as a whole. */
const SWITCHES = [
  'alertmanager',
  'grafana',
  'kubeApiServer',
  'kubelet',
  'kubeControllerManager',
  'coreDns',
  'kubeDns',
  'kubeEtcd',
  'kubeScheduler',
  'kubeProxy',
  'kubeStateMetrics',
  'nodeExporter',
  'thanosRuler',
  'windowsMonitoring',
  'prometheusOperator',
];

export function readValues(values: SourceNode, file: SourceFile, context: StackContext): Part {
  const { ledger } = context;
  judge(values, topLevel, ledger);
  passOver(values, ['additionalPrometheusRulesMap', 'additionalPrometheusRules'], ledger);
  passOver(child(values, 'prometheus'), ['additionalServiceMonitors', 'additionalPodMonitors'], ledger);
  judge(child(values, 'alertmanager'), alertmanager, ledger);
  judge(child(values, 'prometheus'), prometheus, ledger);
  const own = child(values, 'prometheus');
  const spec = child(own, 'prometheusSpec');
  const read = spec === undefined ? undefined : readPrometheusSpec(spec, context);
  const grafana = readGrafana(child(values, 'grafana'), context);
  const rules = rulesOf(values, file, context);
  const monitors = [
    ...monitorsOf(child(own, 'additionalServiceMonitors'), 'ServiceMonitor', context),
    ...monitorsOf(child(own, 'additionalPodMonitors'), 'PodMonitor', context),
  ];
  for (const name of SWITCHES) {
    const part = child(values, name);
    if (part !== undefined && booleanOf(child(part, 'enabled')) === false)
      ledger.carried(part, 'nothing: it is switched off');
  }
  const off = child(values, 'defaultRules');
  if (off !== undefined && booleanOf(child(off, 'create')) === false)
    ledger.carried(off, 'nothing: it is switched off');
  return {
    spec: { ...read?.spec, ...(grafana.spec ?? {}) },
    ...(read?.labels !== undefined && { labels: read.labels }),
    sources: read?.sources ?? [],
    files: [...rules, ...monitors, ...(grafana.files ?? [])],
  };
}

/** Files of rules in the values: a map of them, and the list that was there before it. */
function rulesOf(
  values: SourceNode,
  file: SourceFile,
  { ledger, ruleName, evaluation: interval }: StackContext,
): readonly DraftFile[] {
  const map = entriesOf(child(values, 'additionalPrometheusRulesMap'));
  const list = itemsOf(child(values, 'additionalPrometheusRules')).map(
    (item) => [textOf(child(item, 'name')) ?? 'rules', item] as const,
  );
  return [...map, ...list].flatMap(([name, item]): readonly DraftFile[] => {
    const groups = child(item, 'groups');
    const path = `rules/${ruleName(name)}.yaml`;
    for (const key of ['name', 'additionalLabels', 'additionalAnnotations'])
      ledger.carried(child(item, key), `${path}, without labels of an object`);
    return groups === undefined ? [] : [{ ...groupsFile(groups, file, { ledger, interval }), path }];
  });
}

/** Monitors in the values become objects: Alloy reads those. */
function monitorsOf(
  list: SourceNode | undefined,
  kind: string,
  { ledger, monitorName }: StackContext,
): readonly DraftFile[] {
  return itemsOf(list).flatMap((item): readonly DraftFile[] => {
    const name = textOf(child(item, 'name'));
    if (name === undefined) {
      ledger.impossible(item, 'it has no `name`, which the object would have');
      return [];
    }
    const { name: _, additionalLabels, ...spec } = plainOf(item) as Readonly<Record<string, YamlValue>>;
    const path = `monitors/${monitorName(name)}.yaml`;
    ledger.changed(item, path, `an object \`${kind}\`, to be applied by you`);
    const metadata = {
      name,
      namespace: 'monitoring',
      ...(additionalLabels !== undefined && { labels: additionalLabels }),
    };
    return [{ path, origin: item, text: stringify({ apiVersion: 'monitoring.coreos.com/v1', kind, metadata, spec }) }];
  });
}
