import type { SourceFile } from '@lgtm-fleet/spec';
import { child, entriesOf, textOf } from '../../core/look.ts';
import type { SourceNode } from '../../core/node.ts';
import { dashboardFile } from '../../dashboards/dashboard.ts';
import { groupsFile } from '../../rules/rules.ts';
import type { Part, StackContext } from './context.ts';
import { probe } from './probes.ts';
import { readPrometheusSpec } from './prometheus-spec.ts';
import { scrapeConfig } from './scrape-configs.ts';

type ReadObject = (object: SourceNode, file: SourceFile, context: StackContext) => Part;

/** Objects that Alloy reads where they are. */
const monitor: ReadObject = (object, _file, { ledger }) => {
  ledger.changed(
    object,
    'Alloy',
    'the object stays as it is, and Alloy reads it; label `job` becomes `<namespace>/<job>`',
  );
  return {};
};

const rules: ReadObject = (object, file, { ledger, ruleName, evaluation: interval }) => {
  const groups = child(object, 'spec', 'groups');
  const name = textOf(child(object, 'metadata', 'name')) ?? 'rules';
  const path = `rules/${ruleName(name)}.yaml`;
  ledger.carried(object, path);
  if (groups !== undefined) return { files: [{ ...groupsFile(groups, file, { ledger, interval }), path }] };
  ledger.impossible(object, 'it has no groups of rules');
  return {};
};

const prometheusObject: ReadObject = (object, _file, context) => {
  const { ledger } = context;
  for (const key of ['apiVersion', 'kind', 'metadata', 'status'])
    ledger.carried(child(object, key), 'nothing: it is the object around `spec`');
  const spec = child(object, 'spec');
  return spec === undefined ? {} : readPrometheusSpec(spec, context);
};

/** ConfigMaps with dashboards, by the label that the sidecar looks for. */
const configMap: ReadObject = (object, _file, { ledger, dashboardName }) => {
  const isDashboard = child(object, 'metadata', 'labels', 'grafana_dashboard') !== undefined;
  const data = entriesOf(child(object, 'data')).filter(([key]) => key.endsWith('.json'));
  if (!isDashboard || data.length === 0) {
    ledger.impossible(
      object,
      'it has no label `grafana_dashboard` with a `.json` in it: what else it holds is for a program that is not in the stack',
    );
    return {};
  }
  for (const key of ['apiVersion', 'kind', 'metadata']) ledger.carried(child(object, key), 'dashboards/');
  return {
    files: data.flatMap(
      ([key, leaf]) => dashboardFile(textOf(leaf) ?? '', key, leaf, { ledger, name: dashboardName }) ?? [],
    ),
  };
};

const never =
  (why: string): ReadObject =>
  (object, _file, { ledger }) => {
    ledger.impossible(object, why);
    return {};
  };

const READERS = new Map<string, ReadObject>([
  ['ServiceMonitor', monitor],
  ['PodMonitor', monitor],
  ['PrometheusRule', rules],
  ['Prometheus', prometheusObject],
  ['PrometheusAgent', prometheusObject],
  ['ConfigMap', configMap],
  ['Probe', probe],
  ['ScrapeConfig', scrapeConfig],
  ['Secret', never('what a Secret holds is not read: it is of use only to whoever refers to it')],
  ['Alertmanager', never("alerts go to Mimir's own Alertmanager")],
  [
    'AlertmanagerConfig',
    never(
      'routes are not read from objects: say `notifications` and `tenants[].alerts`, or upload them with `mimirtool alertmanager load`',
    ),
  ],
  ['ThanosRuler', never('rules are evaluated by Mimir, and not beside it')],
]);

/** One object of Kubernetes. */
export function readObject(object: SourceNode, kind: string, file: SourceFile, context: StackContext): Part {
  const read = READERS.get(kind);
  if (read !== undefined) return read(object, file, context);
  context.ledger.impossible(object, 'objects of this kind are no part of what is imported here');
  return {};
}
